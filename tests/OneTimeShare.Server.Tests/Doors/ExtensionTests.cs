using System.Net;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

public sealed class ExtensionTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Theory]
    [InlineData(".env")]
    [InlineData("prod.env")]
    [InlineData("REPORT.PDF")]
    [InlineData("archive.tar.gz")]
    [InlineData("Makefile")]
    [InlineData("ends-with-a-dot.")]
    [InlineData("run.exe/notes.txt")]
    public async Task A_name_with_a_known_extension_or_none_passes(string name)
    {
        using var put = await server.SendAsync(
            HttpMethod.Put, "?name=" + Uri.EscapeDataString(name), new StringContent("x"));
        put.Is(HttpStatusCode.Created);
        using var form = await server.PostAsync("upload", Form.Begin().File(name, "x").ToContent());
        form.Is(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("run.exe")]
    [InlineData("RUN.EXE")]
    [InlineData("run.exe.")]
    [InlineData("run.exe. .")]
    [InlineData("page.html")]
    [InlineData("notes.txt.svg")]
    [InlineData(".bashrc")]
    [InlineData("notes.txt/run.exe")]
    [InlineData("notes.txt\\run.exe")]
    [InlineData("run.exe\u202E")]
    [InlineData("run.ex\u0001e")]
    public async Task Another_extension_is_refused_and_the_allowed_ones_are_said(string name)
    {
        using var put = await server.SendAsync(
            HttpMethod.Put, "?name=" + Uri.EscapeDataString(name), new StringContent("x"));
        var problem = await put.ProblemAsync(422, "extension");
        Assert.Contains(" env ", problem.GetProperty("detail").GetString());
        var upload = Form.Begin().File("fine.txt", "x").File(name.Replace("\\", @"\\"), "x").ToContent();
        using var form = await server.PostAsync("upload", upload);
        await form.ProblemAsync(422, "extension");
    }

    [Fact]
    public async Task The_operator_says_which_extensions_there_are()
    {
        await using var open = await RunningServer.StartAsync(("OTS_EXTENSIONS", "*"));
        using var any = await open.SendAsync(HttpMethod.Put, "run.exe", new StringContent("x"));
        any.Is(HttpStatusCode.Created);

        await using var strict = await RunningServer.StartAsync(("OTS_EXTENSIONS", ".Foo, bar"));
        using var foo = await strict.SendAsync(HttpMethod.Put, "a.FOO", new StringContent("x"));
        foo.Is(HttpStatusCode.Created);
        using var txt = await strict.SendAsync(HttpMethod.Put, "a.txt", new StringContent("x"));
        var problem = await txt.ProblemAsync(422, "extension");
        Assert.EndsWith(" bar foo.", problem.GetProperty("detail").GetString());
    }
}
