using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

public class ZipTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Several_files_come_as_a_zip_of_the_announced_length()
    {
        (string, byte[])[] files =
        [
            ("a.txt", "first"u8.ToArray()), ("empty.txt", []), ("b.txt", RandomNumberGenerator.GetBytes(200_000)),
            ("b.txt", "second"u8.ToArray()), ("dir/b.txt", "third"u8.ToArray()), ("你好.txt", []), ("", "x"u8.ToArray()),
        ];
        var secret = await Secret.SealAsync(files);
        using var opened = await server.SendAsync(secret.Open(await server.CreateAsync(secret)));
        opened.Is(HttpStatusCode.OK);
        Assert.Equal(("share.zip", "share.zip"), opened.FileName());
        Assert.Equal("application/octet-stream", opened.Header("Content-Type"));
        byte[] bytes = await opened.BytesAsync();
        Assert.Equal(opened.Content.Headers.ContentLength, bytes.Length);

        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(
            ["a.txt", "empty.txt", "b.txt", "b (2).txt", "b (3).txt", "你好.txt", "file"],
            zip.Entries.Select(entry => entry.FullName));
        foreach (var (i, entry) in zip.Entries.Index())
        {
            using var content = new MemoryStream();
            await using var source = await entry.OpenAsync(TestContext.Current.CancellationToken);
            await source.CopyToAsync(content, TestContext.Current.CancellationToken);
            Assert.Equal(files[i].Item2, content.ToArray());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Empty_files_alone_are_a_zip_as_well(int trailing)
    {
        var files = Enumerable.Range(0, 2 + trailing).Select(i => ($"{i}.txt", Array.Empty<byte>()));
        var secret = await Secret.SealAsync([.. files]);
        using var opened = await server.SendAsync(secret.Open(await server.CreateAsync(secret)));
        byte[] bytes = await opened.BytesAsync();
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(2 + trailing, zip.Entries.Count);
        Assert.All(zip.Entries, entry => Assert.Equal(0, entry.Length));
    }

    [Fact]
    public async Task Files_of_a_form_come_back_in_their_order()
    {
        var share = await server.ShareAsync(Form.Begin()
            .File("z.txt", "1").File("", "").File("z.txt", "2").File("a.txt", "").File("", "3"));
        using var opened = await server.OpenAsync(share);
        using var zip = new ZipArchive(new MemoryStream(await opened.BytesAsync()));
        Assert.Equal(["z.txt", "z (2).txt", "a.txt", "file"], zip.Entries.Select(entry => entry.FullName));
        Assert.Equal([1, 1, 0, 1], zip.Entries.Select(entry => entry.Length));
    }

    [Fact]
    public async Task A_text_among_several_files_is_no_text()
    {
        var secret = await Secret.SealAsync([("a.txt", [1]), ("b.txt", [2])], text: true);
        using var opened = await server.SendAsync(secret.Open(await server.CreateAsync(secret)));
        Assert.Equal("application/octet-stream", opened.Header("Content-Type"));
        Assert.Equal("share.zip", opened.FileName().Plain);
    }
}
