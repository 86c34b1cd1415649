using System.Net;
using System.Text;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

public sealed class UploadPassphraseTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("passphrase")]
    [InlineData("password")]
    public async Task A_passphrase_before_the_files_seals_them(string field) =>
        await NeededAsync(await server.ShareAsync(Form.Begin().Field(field, " p é ").File("a.txt", "hush")), " p é ");

    [Fact]
    public async Task A_passphrase_may_stand_behind_a_text() =>
        await NeededAsync(await server.ShareAsync(Form.Begin().Field("text", "hush").Field("passphrase", "p")), "p");

    [Fact]
    public async Task A_passphrase_may_come_in_a_header_without_the_spaces_at_its_ends()
    {
        var form = Form.Begin().File("a.txt", "hush");
        await NeededAsync(await server.ShareAsync(
            HttpMethod.Post, "upload", form.ToContent(), ("OTS-Passphrase", " é 你 ")), "é 你");
        await NeededAsync(await server.ShareAsync(
            HttpMethod.Put, "a.txt", new StringContent("hush"), ("OTS-Passphrase", "p")), "p");
    }

    [Fact]
    public async Task A_passphrase_behind_a_file_or_a_long_text_came_too_late()
    {
        await RefusedAsync(Form.Begin().File("a.txt", "hush").Field("passphrase", "p"), "passphrase-too-late");
        await RefusedAsync(
            Form.Begin().Field("text", new string('x', 70_000)).Field("passphrase", "p"), "passphrase-too-late");
    }

    [Fact]
    public async Task Two_passphrases_are_refused()
    {
        await RefusedAsync(
            Form.Begin().Field("passphrase", "p").Field("password", "q").File("a.txt", "hush"), "malformed-passphrase");
        await RefusedAsync(
            Form.Begin().Field("passphrase", "p").File("a.txt", "hush"), "malformed-passphrase",
            ("OTS-Passphrase", "q"));
    }

    [Theory]
    [InlineData(1_024, true)]
    [InlineData(1_025, false)]
    public async Task A_passphrase_has_at_most_1024_bytes(int length, bool taken)
    {
        string passphrase = new('p', length);
        foreach (bool inHeader in (bool[])[true, false])
        {
            var form = inHeader ? Form.Begin() : Form.Begin().Field("passphrase", passphrase);
            (string, string)[] headers = inHeader ? [("OTS-Passphrase", passphrase)] : [];
            using var response = await server.PostAsync("upload", form.File("a.txt", "hush").ToContent(), headers);
            if (taken)
                response.Is(HttpStatusCode.Created);
            else
                await response.ProblemAsync(422, "malformed-passphrase");
        }
    }

    [Fact]
    public async Task A_passphrase_that_is_no_utf8_is_refused()
    {
        foreach (byte[] bytes in (byte[][])[[0xFF, 0xFE], [0xED, 0xA0, 0x80], [.. "p"u8, 0xC3]])
        {
            await RefusedAsync(
                Form.Begin().Part("form-data; name=\"passphrase\"", bytes).File("a.txt", "hush"),
                "malformed-passphrase");
            string answer = await RawConnection.ExchangeAsync(server,
                $"PUT /a.txt HTTP/1.1\r\nHost: x\r\nOTS-Passphrase: {Encoding.Latin1.GetString(bytes)}\r\n"
                + "Content-Length: 4\r\nConnection: close\r\n\r\nhush");
            Assert.StartsWith("HTTP/1.1 422 ", answer);
            Assert.Contains("/problems/malformed-passphrase", answer);
        }
    }

    [Theory]
    [InlineData("POST", "upload?passphrase=p")]
    [InlineData("POST", "upload?password=p&name=a.txt")]
    [InlineData("PUT", "a.txt?passphrase=")]
    public async Task A_passphrase_in_the_address_is_refused_and_not_overlooked(string method, string address)
    {
        using var raw = await server.SendAsync(new HttpMethod(method), address, new StringContent("hush"));
        await raw.ProblemAsync(422, "passphrase-in-address");
        if (method == "POST")
        {
            using var form = await server.PostAsync(address, Form.Begin().File("a.txt", "hush").ToContent());
            await form.ProblemAsync(422, "passphrase-in-address");
        }
    }

    private async Task NeededAsync(LinkedShare share, string passphrase)
    {
        using var without = await server.OpenAsync(share);
        await without.ProblemAsync(422, "passphrase-required");
        using var opened = await server.OpenAsync(share, passphrase);
        Assert.Equal("hush", await opened.TextAsync());
    }

    private async Task RefusedAsync(Form form, string name, params (string, string)[] headers)
    {
        using var response = await server.PostAsync("upload", form.ToContent(), headers);
        await response.ProblemAsync(422, name);
    }
}
