namespace OneTimeShare.Fuzz;

/// <summary>Makes another input of one: a few edits, each of the kind that finds holes in parsers.</summary>
internal sealed class Mutator(Noise noise, IReadOnlyList<byte[]> words, int maxLength)
{
    private static readonly byte[] Telling =
        [0, 1, 9, 10, 13, 16, 31, 32, (byte)'"', (byte)'%', (byte)'/', (byte)'0', (byte)'\\', 0x7f, 0x80, 0xc0, 0xff];

    public byte[] Mutate(byte[] input, byte[] other)
    {
        var bytes = new List<byte>(input);
        for (int edits = 1 + noise.Below(5); edits > 0; edits--)
            Edit(bytes, other);
        if (bytes.Count > maxLength)
            bytes.RemoveRange(maxLength, bytes.Count - maxLength);
        return [.. bytes];
    }

    private void Edit(List<byte> bytes, byte[] other)
    {
        int at = noise.Below(bytes.Count + 1);
        int length = Math.Min(1 + noise.Below(1 << noise.Below(8)), bytes.Count - at);
        switch (noise.Below(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << noise.Below(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = noise.Of(Telling);
                break;
            case 2 when at < bytes.Count:
                bytes[at] = (byte)noise.Next();
                break;
            case 3:
                bytes.Insert(at, noise.Below(2) == 0 ? noise.Of(Telling) : (byte)noise.Next());
                break;
            case 4:
                bytes.RemoveRange(at, length);
                break;
            case 5:
                bytes.InsertRange(noise.Below(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 6 when words.Count > 0:
                bytes.InsertRange(at, noise.Of(words));
                break;
            case 7 when words.Count > 0:
                byte[] word = noise.Of(words);
                bytes.RemoveRange(at, Math.Min(word.Length, bytes.Count - at));
                bytes.InsertRange(at, word);
                break;
            case 8 when other.Length > 0:
                int from = noise.Below(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(1 + noise.Below(64), other.Length - from)));
                break;
        }
    }
}
