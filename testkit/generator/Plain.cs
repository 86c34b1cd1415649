using OneTimeShare.Envelope;

namespace OneTimeShare.Vectors;

/// <summary>A file as it is sealed, and the name that a reader saves it under where that is another.</summary>
internal sealed record Plain(
    string Name, byte[] Bytes, string Type = ManifestFile.DefaultType, string? Safe = null)
{
    /// <summary>Bytes that repeat in no power of two, so that a record in a wrong place shows.</summary>
    public static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = (byte)(i % 251 + 1);
        return bytes;
    }
}
