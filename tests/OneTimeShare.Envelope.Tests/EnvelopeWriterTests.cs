using System.IO.Pipelines;

namespace OneTimeShare.Envelope.Tests;

public sealed class EnvelopeWriterTests
{
    [Fact]
    public async Task Under_one_header_only_one_envelope_is_sealed()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        await Sealing.SealAsync(keys, key, [new("a", [1])]);

        Assert.Throws<InvalidOperationException>(() => NewWriter(keys, key));
        using var again = KeySchedule.Derive(key, keys.Header, passphrase: null);
        Assert.Throws<InvalidOperationException>(() => NewWriter(again, key));
    }

    [Fact]
    public void Under_a_header_that_was_read_nothing_is_sealed()
    {
        using var key = Sealing.Key();
        Assert.Null(EnvelopeHeader.Read(EnvelopeHeader.Create(Kdf.None).Bytes, out var header));
        using var keys = KeySchedule.Derive(key, header!, passphrase: null);

        Assert.Throws<InvalidOperationException>(() => NewWriter(keys, key));
    }

    [Fact]
    public async Task A_complete_envelope_takes_nothing_more()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        using var writer = NewWriter(keys, key);
        Assert.True(writer.TryBeginFile("a", ManifestFile.DefaultType));
        Assert.True(await writer.TryCompleteAsync(cancellationToken: TestContext.Current.CancellationToken));

        Assert.Throws<InvalidOperationException>(() => writer.TryBeginFile("b", ManifestFile.DefaultType));
        Assert.Throws<InvalidOperationException>(() => writer.GetMemory());
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => writer.TryCompleteAsync(cancellationToken: TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task An_envelope_without_a_file_is_not_completed()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        using var writer = NewWriter(keys, key);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => writer.TryCompleteAsync(cancellationToken: TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task Bytes_belong_to_a_file_that_has_begun()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        using var writer = NewWriter(keys, key);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => writer.AdvanceAsync(1, TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(0, writer.ContentLength);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Records.ContentLength + 1)]
    public async Task No_more_is_taken_than_there_was_room_for(int count)
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        using var writer = NewWriter(keys, key);
        Assert.True(writer.TryBeginFile("a", ManifestFile.DefaultType));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => writer.AdvanceAsync(count, TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public void A_name_that_is_not_Unicode_is_refused_at_once()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        using var writer = NewWriter(keys, key);

        Assert.ThrowsAny<ArgumentException>(() => writer.TryBeginFile("\ud800", "text/plain"));
        Assert.ThrowsAny<ArgumentException>(() => writer.TryBeginFile("a", "\udc00"));
        Assert.Equal(0, writer.FileCount);
    }

    [Fact]
    public void Names_too_long_for_a_manifest_are_refused_at_once()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        using var destination = new MemoryStream();
        using var writer = new EnvelopeWriter(PipeWriter.Create(destination), keys, KeySchedule.LinkProof(key));
        Assert.False(writer.TryBeginFile(new string('n', Manifest.MaxLength), ManifestFile.DefaultType));
        Assert.Equal(0, writer.FileCount);
    }

    [Fact]
    public void A_name_that_was_refused_takes_no_room_from_the_next()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        using var writer = NewWriter(keys, key);
        Assert.False(writer.TryBeginFile(new string('n', Manifest.MaxLength), ManifestFile.DefaultType));
        Assert.True(writer.TryBeginFile("a", ManifestFile.DefaultType));
    }

    [Fact]
    public async Task A_completion_that_was_ended_early_is_not_begun_again()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        using var writer = new EnvelopeWriter(new Pipe().Writer, keys, KeySchedule.LinkProof(key));
        Assert.True(writer.TryBeginFile("a", ManifestFile.DefaultType));
        var gone = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => writer.TryCompleteAsync(cancellationToken: gone).AsTask());

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => writer.TryCompleteAsync(cancellationToken: TestContext.Current.CancellationToken).AsTask());
        Assert.Throws<InvalidOperationException>(() => writer.TryBeginFile("b", ManifestFile.DefaultType));
    }

    [Fact]
    public async Task Names_too_long_once_they_are_json_get_no_footer()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        using var destination = new MemoryStream();
        using var writer = new EnvelopeWriter(PipeWriter.Create(destination), keys, KeySchedule.LinkProof(key));
        Assert.True(writer.TryBeginFile(new string('"', Manifest.MaxLength / 2 + 1), ManifestFile.DefaultType));

        Assert.False(await writer.TryCompleteAsync(cancellationToken: TestContext.Current.CancellationToken));
        Assert.True(destination.Length <= EnvelopeHeader.Length);
    }

    [Theory]
    [InlineData(Records.ContentLength)]
    [InlineData(2 * Records.ContentLength)]
    public async Task A_stream_that_ends_where_a_record_does_leaves_no_empty_record_behind_it(int length)
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        using var destination = new MemoryStream();
        using var writer = new EnvelopeWriter(PipeWriter.Create(destination), keys, KeySchedule.LinkProof(key));
        Assert.True(writer.TryBeginFile("a", ManifestFile.DefaultType));
        await writer.WriteAsync(new MemoryStream(Sealing.Bytes(length)), TestContext.Current.CancellationToken);
        Assert.True(await writer.TryCompleteAsync(cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(Records.SealedLengthOf(length), Sealing.RecordsOf(destination.ToArray()).Length);
    }

    [Fact]
    public async Task A_writer_learns_that_nobody_reads_any_more()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        var pipe = new Pipe();
        using var writer = new EnvelopeWriter(pipe.Writer, keys, KeySchedule.LinkProof(key));
        Assert.True(writer.TryBeginFile("a", ManifestFile.DefaultType));
        await pipe.Reader.CompleteAsync();

        Assert.False(await writer.WriteAsync(
            new MemoryStream(Sealing.Bytes(200_000)), TestContext.Current.CancellationToken));
    }

    private static EnvelopeWriter NewWriter(KeySchedule keys, LinkKey key) =>
        new(PipeWriter.Create(new MemoryStream()), keys, KeySchedule.LinkProof(key));
}
