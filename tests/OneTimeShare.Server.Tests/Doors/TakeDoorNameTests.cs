using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

/// <summary>Names that a program sealed, and no door of ours has looked at.</summary>
public sealed class TakeDoorNameTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData("", "file", "file")]
    [InlineData("../../../etc/passwd", "passwd", "passwd")]
    [InlineData("a\r\nSet-Cookie: x=y", "aSet-Cookie: x=y", "aSet-Cookie: x=y")]
    [InlineData("a\";b=\"c\\d", "d", "d")]
    [InlineData("say \"hi\".txt", "say _hi_.txt", "say \"hi\".txt")]
    [InlineData("\u0000\u0001\u007F\u0085", "file", "file")]
    [InlineData("\u2028\u2029\u200E\u202E", "file", "file")]
    [InlineData("naïve 文件 🙂.pdf", "naïve 文件 🙂.pdf", "naïve 文件 🙂.pdf")]
    [InlineData("%2e%2e%2fx", "%2e%2e%2fx", "%2e%2e%2fx")]
    public async Task A_name_cannot_leave_its_header(string name, string plain, string extended)
    {
        var secret = await Secret.SealAsync("hush", name);
        string id = await server.CreateAsync(secret);
        using var opened = await server.SendAsync(secret.Open(id));
        Assert.Equal((plain, extended), opened.FileName());
        Assert.Null(opened.Header("Set-Cookie"));
        Assert.Equal("hush", await opened.TextAsync());
        server.Logs.AssertSilentAbout(secret.LinkKey, id);
    }
}
