namespace OneTimeShare.Envelope.Tests;

public sealed class ContentReaderTests
{
    private readonly byte[] _room = new byte[Records.ContentLength];

    [Fact]
    public async Task A_failure_stays_the_answer_however_often_one_asks()
    {
        var (keys, records) = await SealAsync(3 * Records.ContentLength);
        records[0] ^= 1;
        using var content = new ContentReader(
            new MemoryStream(records), keys, Sealing.ManifestOf(3 * Records.ContentLength));

        for (int i = 0; i < 5; i++)
        {
            var piece = await content.ReadAsync(_room, TestContext.Current.CancellationToken);
            Assert.Equal(EnvelopeFailure.RecordTampered, piece.Failure);
            Assert.True(piece.Bytes.IsEmpty);
        }
    }

    [Fact]
    public async Task A_failure_at_the_end_is_not_followed_by_an_end()
    {
        var (keys, records) = await SealAsync(10);
        using var content = new ContentReader(new MemoryStream([.. records, 0]), keys, Sealing.ManifestOf(10));

        for (int i = 0; i < 3; i++)
        {
            var piece = await content.ReadAsync(_room, TestContext.Current.CancellationToken);
            Assert.Equal(EnvelopeFailure.TrailingBytes, piece.Failure);
            Assert.True(piece.Bytes.IsEmpty);
        }
    }

    [Fact]
    public async Task After_a_source_that_threw_nothing_is_handed_out_any_more()
    {
        var (keys, records) = await SealAsync(3 * Records.ContentLength);
        var source = new BreakingStream(records, breakAt: 100);
        using var content = new ContentReader(source, keys, Sealing.ManifestOf(3 * Records.ContentLength));

        await Assert.ThrowsAsync<IOException>(() =>
            content.ReadAsync(_room, TestContext.Current.CancellationToken).AsTask());
        var piece = await content.ReadAsync(_room, TestContext.Current.CancellationToken);

        Assert.NotNull(piece.Failure);
        Assert.True(piece.Bytes.IsEmpty);
    }

    [Theory, InlineData(1), InlineData(3), InlineData(4), InlineData(5)]
    public async Task The_last_record_waits_for_the_padding_behind_it_and_for_the_end(int recordsAtATime)
    {
        // 5 MiB and a byte pad by more than a record, so that the padding has a record of its own.
        int length = 5 * 1024 * 1024 + 1;
        var (keys, records) = await SealAsync(length);
        long padded = Padding.PaddedLength(length);
        Assert.True(Records.Count(padded) > Records.Count(length));
        int atLast = (length - 1) / Records.ContentLength * Records.ContentLength;

        await IsRefused([.. records[..^1], (byte)(records[^1] ^ 1)], EnvelopeFailure.RecordTampered);
        await IsRefused(records[..^1], EnvelopeFailure.RecordsTruncated);
        await IsRefused([.. records, 0], EnvelopeFailure.TrailingBytes);

        async Task IsRefused(byte[] source, EnvelopeFailure expected)
        {
            using var content = new ContentReader(new MemoryStream(source), keys, Sealing.ManifestOf(length));
            var (handed, failure) = await Sealing.ReadAllAsync(content, recordsAtATime);
            Assert.Equal(expected, failure);
            Assert.True(handed.AsSpan().SequenceEqual(Sealing.Bytes(length).AsSpan(0, atLast)));
        }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(4), InlineData(7)]
    public async Task What_precedes_a_tampered_record_is_handed_on_and_nothing_of_it(int recordsAtATime)
    {
        const int Tampered = 5;
        int length = 7 * Records.ContentLength;
        var (keys, records) = await SealAsync(length);
        records[(Tampered * Records.SealedLength) + 1] ^= 1;
        using var content = new ContentReader(new MemoryStream(records), keys, Sealing.ManifestOf(length));

        var (handed, failure) = await Sealing.ReadAllAsync(content, recordsAtATime);

        Assert.Equal(EnvelopeFailure.RecordTampered, failure);
        Assert.Equal(Sealing.Bytes(length)[..(Tampered * Records.ContentLength)], handed);
    }

    [Fact]
    public async Task Behind_a_piece_nothing_of_a_refused_record_is_left()
    {
        int length = 2 * Records.ContentLength;
        var (keys, records) = await SealAsync(length);
        using var content = new ContentReader(
            new MemoryStream([.. records, 0]), keys, Sealing.ManifestOf(length));
        var room = new byte[length];

        var piece = await content.ReadAsync(room, TestContext.Current.CancellationToken);

        Assert.Equal(Records.ContentLength, piece.Bytes.Length);
        Assert.DoesNotContain(room[Records.ContentLength..], value => value != 0);
    }

    [Fact]
    public async Task Less_room_than_a_record_is_a_mistake_of_the_caller()
    {
        var (keys, records) = await SealAsync(10);
        using var content = new ContentReader(new MemoryStream(records), keys, Sealing.ManifestOf(10));

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            content.ReadAsync(new byte[Records.ContentLength - 1], TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task Padding_that_is_not_zero_is_refused_in_every_record_that_holds_some()
    {
        int length = 5 * 1024 * 1024 + 1;
        int padded = (int)Padding.PaddedLength(length);
        foreach (int at in (int[])[length, padded - Records.ContentLength, padded - 1])
        {
            using var key = Sealing.Key();
            using var keys = Sealing.Keys(key);
            var plain = new byte[padded];
            plain[at] = 1;
            using var content = new ContentReader(
                new MemoryStream(SealRecords(keys, plain)), keys, Sealing.ManifestOf(length));

            Assert.Equal(EnvelopeFailure.PaddingNotZero, (await Sealing.ReadAllAsync(content)).Failure);
        }
    }

    private static byte[] SealRecords(KeySchedule keys, byte[] plain)
    {
        using var writer = new RecordWriter(keys);
        var chunks = plain.Chunk(Records.ContentLength).ToArray();
        return [.. chunks.SelectMany((chunk, i) =>
        {
            var record = new byte[chunk.Length + Records.TagLength];
            writer.Seal(chunk, last: i == chunks.Length - 1, record);
            return record;
        })];
    }

    private static async Task<(KeySchedule Keys, byte[] Records)> SealAsync(int length)
    {
        using var key = Sealing.Key();
        var keys = Sealing.Keys(key);
        return (keys, Sealing.RecordsOf(await Sealing.SealAsync(keys, key, [new("a", Sealing.Bytes(length))])));
    }

    private sealed class BreakingStream(byte[] bytes, int breakAt) : MemoryStream(bytes)
    {
        private bool _broken;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < breakAt || _broken)
                return base.ReadAsync(_broken ? buffer : buffer[..breakAt], cancellationToken);
            _broken = true;
            throw new IOException("The connection broke.");
        }
    }
}
