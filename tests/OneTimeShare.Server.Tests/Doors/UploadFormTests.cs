using System.Net;
using System.Text;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

/// <summary>POST /upload as a browser and <c>curl -F</c> send it.</summary>
public sealed class UploadFormTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_lifetime_of_any_length_that_is_none_is_refused()
    {
        using var response = await server.PostAsync(
            "upload", Form.Begin().Field("ttl", new string('1', 5_000)).Field("text", "hush").ToContent());
        await response.ProblemAsync(422, "lifetime");
    }

    [Fact]
    public async Task A_file_that_a_form_sends_comes_out_as_it_went_in()
    {
        var share = await SharedAsync(Form.Begin().File("notes.txt", "line\r\nline\n"));
        using var opened = await server.OpenAsync(share);
        opened.Is(HttpStatusCode.OK);
        Assert.Equal("line\r\nline\n", await opened.TextAsync());
        Assert.Contains("filename=\"notes.txt\"", opened.Header("Content-Disposition"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("hush\r\nhush é 你好\n\n")]
    public async Task A_text_that_a_form_sends_comes_out_as_a_text(string text)
    {
        var share = await SharedAsync(Form.Begin().Field("text", text));
        using var opened = await server.OpenAsync(share);
        Assert.Equal("text/plain; charset=utf-8", opened.Header("Content-Type"));
        Assert.Contains("filename=\"text.txt\"", opened.Header("Content-Disposition"));
        Assert.Equal(new UTF8Encoding(false).GetBytes(text), await opened.BytesAsync());
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(200_000)]
    public async Task A_text_may_be_of_any_length(int length)
    {
        string text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('a' + (i % 26))));
        var share = await SharedAsync(Form.Begin().Field("text", text));
        using var opened = await server.OpenAsync(share);
        Assert.Equal("text/plain; charset=utf-8", opened.Header("Content-Type"));
        Assert.Equal(text, await opened.TextAsync());
    }

    [Fact]
    public async Task What_a_browser_sends_of_fields_that_nobody_used_is_ignored()
    {
        var share = await SharedAsync(Form.Begin()
            .Field("passphrase", "").Field("ttl", "").Field("create_token", "").Field("text", "").File("", "")
            .File("a.txt", "hush").File("", ""));
        using var opened = await server.OpenAsync(share);
        Assert.Equal("hush", await opened.TextAsync());
    }

    [Fact]
    public async Task An_empty_file_with_a_name_is_a_file()
    {
        var share = await SharedAsync(Form.Begin().File("empty.txt", ""));
        using var opened = await server.OpenAsync(share);
        Assert.Empty(await opened.BytesAsync());
        Assert.Equal(0, opened.Content.Headers.ContentLength);
        Assert.Contains("filename=\"empty.txt\"", opened.Header("Content-Disposition"));
    }

    [Fact]
    public async Task A_file_without_a_name_is_called_file()
    {
        var share = await SharedAsync(Form.Begin().File("", "hush"));
        using var opened = await server.OpenAsync(share);
        Assert.Contains("filename=\"file\"", opened.Header("Content-Disposition"));
        Assert.Equal("hush", await opened.TextAsync());
    }

    [Fact]
    public async Task Nothing_to_share_is_refused()
    {
        foreach (var form in (Form[])
            [Form.Begin(), Form.Begin().Field("text", ""), Form.Begin().File("", ""), Form.Begin().Field("ttl", "1h")])
            await RefusedAsync(form, 422, "nothing-to-share");
    }

    [Fact]
    public async Task A_text_and_files_together_are_refused_in_any_order_and_so_are_two_texts()
    {
        foreach (var form in (Form[])
            [
                Form.Begin().Field("text", "hush").File("a.txt", "hush"),
                Form.Begin().File("a.txt", "hush").Field("text", "hush"),
                Form.Begin().File("a.txt", "").Field("text", "hush"),
                Form.Begin().Field("text", "hush").File("a.txt", ""),
                Form.Begin().Field("text", "hush").Field("text", "hush"),
                Form.Begin().Field("text", new string('x', 70_000)).Field("text", "hush"),
            ])
            await RefusedAsync(form, 422, "text-and-files");
    }

    [Fact]
    public async Task A_field_that_means_nothing_is_refused_so_that_no_typing_error_costs_a_passphrase() =>
        await RefusedAsync(Form.Begin().Field("pasphrase", "p").File("a.txt", "hush"), 422, "unknown-field");

    [Theory]
    [InlineData("30m", 30 * 60)]
    [InlineData("5h", 5 * 60 * 60)]
    [InlineData("7d", 7 * 24 * 60 * 60)]
    [InlineData("90", 90)]
    [InlineData("", 5 * 60 * 60)]
    public async Task A_lifetime_may_stand_before_and_behind_the_files_and_in_the_address(string ttl, int seconds)
    {
        foreach (var (form, query) in ((Form, string)[])
            [
                (Form.Begin().Field("ttl", ttl).File("a.txt", "hush"), ""),
                (Form.Begin().File("a.txt", "hush").Field("ttl", ttl), ""),
                (Form.Begin().File("a.txt", "hush"), "?ttl=" + ttl),
            ])
        {
            var share = await SharedAsync(form, query);
            Assert.Equal(server.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds), share.ExpiresAt);
        }
    }

    [Theory]
    [InlineData("59")]
    [InlineData("8d")]
    [InlineData("1w")]
    [InlineData("-1h")]
    [InlineData("1.5h")]
    [InlineData("forever")]
    public async Task A_lifetime_outside_the_policy_is_refused(string ttl)
    {
        await RefusedAsync(Form.Begin().File("a.txt", "hush").Field("ttl", ttl), 422, "lifetime");
        await RefusedAsync(Form.Begin().Field("ttl", ttl).Field("text", "hush"), 422, "lifetime");
        await RefusedAsync(Form.Begin().File("a.txt", "hush"), 422, "lifetime", "?ttl=" + ttl);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no form")]
    [InlineData("--x\r\n")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhush")]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhush\r\n--x")]
    [InlineData("--x\r\n\r\nhush\r\n--x--\r\n")]
    [InlineData("--x\r\nContent-Disposition: attachment; name=\"text\"\r\n\r\nhush\r\n--x--\r\n")]
    [InlineData("--x\r\nno header\r\n\r\nhush\r\n--x--\r\n")]
    public async Task What_is_not_a_whole_form_is_refused(string body)
    {
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        using var response = await server.PostAsync("upload", content);
        await response.ProblemAsync(400, "bad-request");
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=\"\"")]
    [InlineData("multipart/form-data; boundary={long}")]
    public async Task A_form_without_a_usable_boundary_is_refused(string type)
    {
        using var content = new StringContent("--x--\r\n");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type.Replace("{long}", new string('b', 201)));
        using var response = await server.PostAsync("upload", content);
        await response.ProblemAsync(400, "bad-request");
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/mixed; boundary=x")]
    [InlineData("MULTIPART/related")]
    public async Task Another_multipart_body_is_no_file_that_anybody_meant_to_send(string type)
    {
        using var content = new StringContent("--x--\r\n");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await server.PostAsync("upload", content);
        await response.ProblemAsync(415, "unsupported-media-type");
    }

    [Fact]
    public async Task More_names_or_longer_ones_than_a_manifest_holds_are_refused()
    {
        var many = Form.Begin();
        for (int i = 0; i < 1_100; i++)
            many.File($"file number {i:0000} with a long name.txt", "");
        await RefusedAsync(many, 422, "manifest-too-large");
        await RefusedAsync(Form.Begin().File(new string('n', 66_000) + ".txt", "hush"), 422, "manifest-too-large");
        await SharedAsync(Form.Begin().File(new string('n', 60_000) + ".txt", "hush"));
        using var named = await server.SendAsync(
            HttpMethod.Put, new string('n', 4_000) + ".txt", new StringContent("hush"));
        named.Is(HttpStatusCode.Created);
    }

    private Task<LinkedShare> SharedAsync(Form form, string query = "") => server.ShareAsync(form, query);

    private async Task RefusedAsync(Form form, int status, string name, string query = "")
    {
        using var response = await server.PostAsync("upload" + query, form.ToContent());
        await response.ProblemAsync(status, name);
    }
}
