using System.Collections.Immutable;
using System.IO.Pipelines;
using OneTimeShare.Envelope;

namespace OneTimeShare.Fuzz.Targets;

/// <summary>
/// The input says what is done to genuine records on their way. Whatever it is, what a reader is handed is the
/// beginning of the content; all of it, and no failure, only where nothing was done.
/// </summary>
internal sealed class RecordsTarget() : Target("records")
{
    private static readonly LinkKey Key = LinkKey.Create();
    private static readonly Genuine[] All =
        [.. new[] { 0, 300, 65_536, 65_600, 140_000 }.Select(length => Genuine.Seal(Key, length))];

    private readonly byte[] _room = new byte[4 * Records.ContentLength];

    public override bool Takes(byte[] input)
    {
        if (input.Length == 0)
            return false;
        // Those of several records cost a hundred times more.
        var genuine = All[input[0] < 240 ? input[0] % 2 : input[0] % All.Length];
        byte[] stream = Change(genuine.Records, input.AsSpan(1));
        bool isSame = stream.AsSpan().SequenceEqual(genuine.Records);

        using var reader = new ContentReader(new MemoryStream(stream), genuine.Keys, genuine.Manifest);
        int at = 0;
        while (true)
        {
            int room = Records.ContentLength * (1 + (input.Length % 4));
            var piece = reader.ReadAsync(_room.AsMemory(0, room)).AsTask().GetAwaiter().GetResult();
            Promise(genuine.Content.AsSpan(at).StartsWith(piece.Bytes.Span), "a byte that is not authenticated");
            at += piece.Bytes.Length;
            if (!piece.Bytes.IsEmpty && piece.Failure is null)
                continue;
            bool isAll = piece.Failure is null && at == genuine.Content.Length;
            Promise(isAll == isSame, "all, of other records, or the reverse");
            return isAll;
        }
    }

    private static byte[] Change(byte[] records, ReadOnlySpan<byte> acts)
    {
        var stream = new List<byte>(records);
        for (; acts.Length >= 4; acts = acts[4..])
        {
            int at = stream.Count == 0 ? 0 : ((acts[1] << 16) | (acts[2] << 8) | acts[3]) % stream.Count;
            int record = stream.Count < Records.SealedLength ? 0 : at / Records.SealedLength * Records.SealedLength;
            int length = Math.Min(Records.SealedLength, stream.Count - record);
            switch (acts[0] % 8)
            {
                case 0 when stream.Count > 0: stream[at] ^= (byte)(1 << (acts[3] % 8)); break;
                case 1: stream.RemoveRange(at, stream.Count - at); break;
                case 2: stream.AddRange(acts[1..4]); break;
                case 3: stream.RemoveRange(record, length); break;
                case 4 when stream.Count < 400_000: stream.InsertRange(record, stream.GetRange(record, length)); break;
                case 5: stream.AddRange(stream.GetRange(0, Math.Min(length, 400))); break;
                case 6 when stream.Count > 0: stream[at] = 0; break;
                case 7: stream.Reverse(record, length); break;
            }
        }
        return [.. stream];
    }

    private sealed record Genuine(byte[] Content, byte[] Records, KeySchedule Keys, Manifest Manifest)
    {
        public static Genuine Seal(LinkKey key, int length)
        {
            var keys = KeySchedule.Derive(key, EnvelopeHeader.Create(Kdf.None), null);
            byte[] content = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 >> 3 | 1))];
            using var envelope = new MemoryStream();
            using var writer = new EnvelopeWriter(PipeWriter.Create(envelope), keys, KeySchedule.LinkProof(key));
            writer.TryBeginFile("a", ManifestFile.DefaultType);
            writer.WriteAsync(new MemoryStream(content)).AsTask().GetAwaiter().GetResult();
            writer.TryCompleteAsync().AsTask().GetAwaiter().GetResult();
            return new Genuine(
                content, envelope.ToArray()[EnvelopeHeader.Length..^EnvelopeFooter.MinLength], keys,
                new Manifest(ImmutableArray.Create(new ManifestFile("a", ManifestFile.DefaultType, length)), false));
        }
    }
}
