using CsCheck;

namespace OneTimeShare.Envelope.Tests;

public sealed class TamperTests
{
    private const int Length = 3 * Records.ContentLength + 1000;

    [Fact]
    public async Task Of_an_envelope_no_bit_can_be_flipped()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        byte[] envelope = await Sealing.SealAsync(keys, key, [new("a", Sealing.Bytes(100))]);
        for (int bit = 0; bit < envelope.Length * 8; bit++)
        {
            byte[] changed = [.. envelope];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(await IsRefusedAsync(changed, key), $"bit {bit}");
        }
    }

    [Fact]
    public async Task Of_an_envelope_no_byte_can_be_cut_off_or_added()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        byte[] envelope = await Sealing.SealAsync(keys, key, [new("a", Sealing.Bytes(100))]);
        for (int i = 0; i < envelope.Length; i++)
        {
            Assert.True(await IsRefusedAsync(envelope[..i], key), $"the first {i} bytes");
            Assert.True(await IsRefusedAsync(envelope[(i + 1)..], key), $"without the first {i + 1}");
            Assert.True(await IsRefusedAsync([.. envelope[..i], 0, .. envelope[i..]], key), $"a byte more at {i}");
        }
        Assert.True(await IsRefusedAsync([.. envelope, .. envelope], key));
    }

    [Fact]
    public async Task Records_that_are_not_those_that_were_sealed_give_a_failure_and_only_true_bytes_before_it()
    {
        using var key = Sealing.Key();
        using var keys = Sealing.Keys(key);
        byte[] plain = Sealing.Bytes(Length);
        byte[] records = Sealing.RecordsOf(await Sealing.SealAsync(keys, key, [new("a", plain)]));

        await Gen.Select(Changes(records.Length), Gen.Int[1, 70_000].Array[1, 4]).SampleAsync(
            async (change, reads) =>
            {
                byte[] changed = change(records);
                if (changed.AsSpan().SequenceEqual(records))
                    return;
                using var content = new ContentReader(new ShortReads(changed, reads), keys, Sealing.ManifestOf(Length));
                var (handed, failure) = await Sealing.ReadAllAsync(content);

                Assert.NotNull(failure);
                Assert.True(handed.Length < plain.Length, "the last piece was handed out");
                Assert.True(handed.AsSpan().SequenceEqual(plain.AsSpan(0, handed.Length)), "not what was sealed");
            },
            iter: 300);
    }

    private static Gen<Func<byte[], byte[]>> Changes(int length)
    {
        var record = Gen.Int[0, 3];
        return Gen.OneOf(
            Gen.Int[0, length * 8 - 1].Select(bit => Change(r => Flip(r, bit))),
            Gen.Int[0, length - 1].Select(cut => Change(r => r[..cut])),
            Gen.Byte.Array[1, 100].Select(more => Change(r => [.. r, .. more])),
            record.Select(i => Change(r => Join(Split(r).Where((_, at) => at != i)))),
            record.Select(i => Change(r => Join(
                Split(r).SelectMany((piece, at) => at == i ? [piece, piece] : new[] { piece })))),
            Gen.Select(record, record).Select(pair => Change(r => Join(Swap(Split(r), pair.Item1, pair.Item2)))));
    }

    private static Func<byte[], byte[]> Change(Func<byte[], byte[]> change) => change;

    private static byte[][] Split(byte[] records) => [.. records.Chunk(Records.SealedLength)];

    private static byte[] Join(IEnumerable<byte[]> records) => [.. records.SelectMany(r => r)];

    private static byte[][] Swap(byte[][] records, int one, int other)
    {
        (records[one], records[other]) = (records[other], records[one]);
        return records;
    }

    private static byte[] Flip(byte[] records, int bit)
    {
        byte[] changed = [.. records];
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }

    private static async Task<bool> IsRefusedAsync(byte[] envelope, LinkKey key)
    {
        if (EnvelopeReader.Open(new MemoryStream(envelope), key, null, out var opened) is not null)
            return true;
        using var reader = opened!;
        var (handed, failure) = await Sealing.ReadAllAsync(reader.Content);
        Assert.Empty(handed);
        return failure is not null;
    }
}
