using OneTimeShare.Envelope;

namespace OneTimeShare.Client;

/// <summary>One file of a secret on its way out.</summary>
/// <param name="Name">For its reader: any Unicode text, no path.</param>
/// <param name="Size">In bytes, exactly; null where it is not known before the end of the stream.</param>
/// <param name="OpenAsync">Called once, when it is its turn; the stream is read to its end and disposed.</param>
public sealed record SecretFile(string Name, long? Size, Func<CancellationToken, ValueTask<Stream>> OpenAsync)
{
    /// <summary>A media type, as the sender says.</summary>
    public string Type { get; init; } = ManifestFile.DefaultType;

    /// <summary>A file whose content is in memory, and not copied.</summary>
    public static SecretFile Of(string name, byte[] content, string type = ManifestFile.DefaultType)
    {
        ArgumentNullException.ThrowIfNull(content);
        return new SecretFile(
            name, content.Length, _ => ValueTask.FromResult<Stream>(new MemoryStream(content, writable: false)))
        {
            Type = type,
        };
    }
}

/// <summary>What a sender says besides the files.</summary>
public sealed record CreateOptions
{
    /// <summary>What the reader has to know on top of the link. Not disposed.</summary>
    public Passphrase? Passphrase { get; init; }

    /// <summary>How long it waits for its reader, in whole seconds; null for the server's default.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>Whether the one file is a typed text, to be shown rather than saved.</summary>
    public bool Text { get; init; }

    /// <summary>In bytes, of all files together: what turns out to be more is refused while it is read.</summary>
    public long MaxSize { get; init; } = Padding.MaxLength;

    /// <summary>What the operator gave to those who may create, where not everybody may.</summary>
    public string? CreateToken { get; init; }
}

/// <summary>How far a transfer is: bytes of the envelope out, or of the files in.</summary>
/// <param name="Bytes">So many have passed.</param>
/// <param name="Total">Of so many; null where that is not known.</param>
public readonly record struct TransferProgress(long Bytes, long? Total);
