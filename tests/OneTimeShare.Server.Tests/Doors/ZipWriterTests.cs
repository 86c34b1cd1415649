using System.Buffers;
using System.IO.Compression;
using CsCheck;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Doors;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

public sealed class ZipWriterTests
{
    private const long FourGiB = 1L << 32;

    [Fact]
    public void A_zip_of_more_than_4_gib_opens_with_its_long_sizes_and_offsets()
    {
        var manifest = Manifest(("large.bin", FourGiB + 1), ("behind.txt", 4), ("empty.txt", 0));
        var layout = new ZipLayout(manifest, FileNames.Safe(manifest));
        using var zip = new SparseZip();
        var files = new ZippedFiles(manifest, layout, zip);
        var zeros = new byte[1 << 20];
        for (long left = FourGiB + 1; left > 0; left -= zeros.Length)
            files.Write(zeros.AsSpan(0, (int)Math.Min(left, zeros.Length)));
        files.Write("hush"u8);
        files.Complete();
        Assert.Equal(layout.Length, zip.Length);

        using var archive = new ZipArchive(zip);
        Assert.Equal(["large.bin", "behind.txt", "empty.txt"], archive.Entries.Select(entry => entry.FullName));
        Assert.Equal([FourGiB + 1, 4, 0], archive.Entries.Select(entry => entry.Length));
        using var behind = new StreamReader(archive.Entries[1].Open());
        Assert.Equal("hush", behind.ReadToEnd());
        using var large = archive.Entries[0].Open();
        Assert.Equal(0, large.ReadByte());
    }

    [Fact]
    public void A_zip_is_as_long_as_it_is_said_to_be_whatever_is_in_it() =>
        Gen.Select(
            Gen.Char.AlphaNumeric.Array[0, 300].Select(characters => new string(characters)),
            Gen.OneOf(Gen.Long[0, 1_000], Gen.Long[FourGiB - 3, FourGiB + 3], Gen.Long[0, 1L << 40]))
        .List[2, 12].Sample(files =>
        {
            var manifest = Manifest([.. files]);
            var layout = new ZipLayout(manifest, FileNames.Safe(manifest));
            Assert.Equal(layout.Length, manifest.ContentLength + WriteWithoutContent(layout));
        }, iter: 500);

    [Theory]
    [InlineData(65_534, false)]
    [InlineData(65_535, true)]
    [InlineData(70_000, true)]
    public void A_zip_of_very_many_files_counts_all_of_them(int count, bool isZip64)
    {
        var manifest = Manifest([.. Enumerable.Range(0, count).Select(i => ($"{i}", 0L))]);
        var layout = new ZipLayout(manifest, FileNames.Safe(manifest));
        Assert.Equal(isZip64, layout.IsZip64);
        using var zip = new SparseZip();
        new ZippedFiles(manifest, layout, zip).Complete();
        Assert.Equal(layout.Length, zip.Length);
        using var archive = new ZipArchive(zip);
        Assert.Equal(count, archive.Entries.Count);
    }

    private static Manifest Manifest(params (string Name, long Size)[] files) =>
        new([.. files.Select(file => new ManifestFile(file.Name, ManifestFile.DefaultType, file.Size))], Text: false);

    private static long WriteWithoutContent(ZipLayout layout)
    {
        var written = new ArrayBufferWriter<byte>();
        var writer = new ZipWriter(layout, written);
        foreach (var _ in layout.Entries)
        {
            writer.BeginFile();
            writer.EndFile();
        }
        writer.Complete();
        return written.WrittenCount;
    }
}
