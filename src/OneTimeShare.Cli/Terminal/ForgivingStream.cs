namespace OneTimeShare.Cli.Terminal;

/// <summary>What cannot be written to it is lost, and nothing else with it.</summary>
internal sealed class ForgivingStream(Stream stream) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            stream.Write(buffer);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The disk is full, or nobody reads any more: what this program does goes on.
        }
    }

    public override void Flush()
    {
    }
}
