using System.Text;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

/// <summary>Names are hostile, and still come out as people know them.</summary>
public sealed class UploadNameTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("plain.txt", "plain.txt", "plain.txt")]
    [InlineData("two words.txt", "two words.txt", "two words.txt")]
    [InlineData("café.txt", "café.txt", "café.txt")]
    [InlineData("cafe\u0301.txt", "cafe\u0301.txt", "cafe\u0301.txt")]
    [InlineData("你好 🙂.txt", "你好 🙂.txt", "你好 🙂.txt")]
    [InlineData("a%22b.txt", "a_b.txt", "a\"b.txt")]
    [InlineData("a\\\"b.txt", "a_b.txt", "a\"b.txt")]
    [InlineData("a%0D%0Ab.txt", "ab.txt", "ab.txt")]
    [InlineData("a%0d%0aSet-Cookie: x.txt", "aSet-Cookie: x.txt", "aSet-Cookie: x.txt")]
    [InlineData("100%25.txt", "100%25.txt", "100%25.txt")]
    [InlineData("50%.txt", "50%.txt", "50%.txt")]
    [InlineData("../../etc/passwd.txt", "passwd.txt", "passwd.txt")]
    [InlineData("C:\\Users\\ada\\notes.txt", "notes.txt", "notes.txt")]
    [InlineData("..", "file", "file")]
    [InlineData("dir/", "file", "file")]
    [InlineData("a;b=c'd.txt", "a;b=c'd.txt", "a;b=c'd.txt")]
    [InlineData("<script>.txt", "<script>.txt", "<script>.txt")]
    [InlineData("txt.\u202Eexe.txt", "txt.exe.txt", "txt.exe.txt")]
    [InlineData("tab\there.txt", "tabhere.txt", "tabhere.txt")]
    [InlineData(".env", ".env", ".env")]
    public async Task A_name_comes_out_safe_and_readable(string sent, string plain, string extended)
    {
        var share = await server.ShareAsync(Form.Begin().File(sent, "hush"));
        using var opened = await server.OpenAsync(share);
        Assert.Equal("hush", await opened.TextAsync());
        Assert.Equal((plain, extended), opened.FileName());
    }

    [Fact]
    public async Task A_name_longer_than_file_systems_take_is_cut_before_its_extension()
    {
        string name = new string('é', 200) + ".txt";
        var share = await server.ShareAsync(Form.Begin().File(name, "hush"));
        using var opened = await server.OpenAsync(share);
        string cut = opened.FileName().Plain;
        Assert.Equal(new string('é', 125) + ".txt", cut);
        Assert.Equal(cut, opened.FileName().Extended);
    }

    [Fact]
    public async Task A_name_that_is_no_utf8_costs_neither_the_file_nor_the_server()
    {
        byte[] disposition = [.. "form-data; name=\"file\"; filename=\"a"u8, 0xE9, 0xFF, .. ".txt\""u8];
        var share = await server.ShareAsync(Form.Begin().Part(disposition, "hush"u8.ToArray()));
        using var opened = await server.OpenAsync(share);
        Assert.Equal("hush", await opened.TextAsync());
        Assert.EndsWith(".txt", opened.FileName().Plain);
    }

    [Fact]
    public async Task The_extended_name_of_a_form_counts_before_the_plain_one()
    {
        var form = Form.Begin().Part(
            "form-data; name=\"file\"; filename=\"cafe.txt\"; filename*=UTF-8''caf%C3%A9.txt", "hush"u8.ToArray());
        var share = await server.ShareAsync(form);
        using var opened = await server.OpenAsync(share);
        Assert.Equal("café.txt", opened.FileName().Extended);
    }

    [Fact]
    public async Task A_header_line_with_a_huge_name_is_refused_and_not_a_mistake_of_the_server()
    {
        var form = Form.Begin().File(new string('x', 300_000) + ".txt", Encoding.ASCII.GetBytes("hush"));
        using var response = await server.PostAsync("upload", form.ToContent());
        await response.ProblemAsync(400, "bad-request");
    }
}
