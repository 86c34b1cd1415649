using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using OneTimeShare.Client;
using OneTimeShare.Envelope;

namespace OneTimeShare.Cli.Taking;

internal sealed record KeptClaimFile(string ClaimToken, string Header, string? Folder);

/// <summary>
/// What this machine keeps of a claim from before it is made until the acknowledgement, so that a delivery can go on
/// after this process was killed. Without the link it opens nothing, and only its owner can read it. It is locked
/// while its process lives: one that can be locked is of a process that has ended.
/// </summary>
internal sealed class KeptClaim : IDisposable
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LongestLease = TimeSpan.FromDays(8);

    private readonly FileStream _file;

    private KeptClaim(FileStream file, KeptClaimFile kept, ClaimToken token, EnvelopeHeader header, long saved)
    {
        _file = file;
        (Token, Header, Folder, Saved) = (token, header, kept.Folder, saved);
    }

    public ClaimToken Token { get; }

    public EnvelopeHeader Header { get; }

    /// <summary>Where the files are to go; null for standard output.</summary>
    public string? Folder { get; }

    /// <summary>How many bytes of the content are safely there.</summary>
    public long Saved { get; private set; }

    /// <summary>What tells its parts from those of others.</summary>
    public string Mark => Path.GetExtension(_file.Name)[1..];

    private static string FolderOfAll => Path.Combine(Surroundings.StateFolder, "claims");

    /// <summary>What a process that has ended left of a claim of this share; null where there is nothing.</summary>
    public static KeptClaim? Find(ShareId id)
    {
        if (!Directory.Exists(FolderOfAll))
            return null;
        foreach (string path in Directory.GetFiles(FolderOfAll))
        {
            if (Path.GetFileNameWithoutExtension(path) == id.ToString() && TryLock(path) is { } file)
            {
                if (TryRead(file) is { } kept)
                    return kept;
                Delete(file); // killed while it was written, and so before anything was claimed
            }
            else if (File.GetLastWriteTimeUtc(path) < TimeProvider.System.GetUtcNow() - LongestLease
                && TryLock(path) is { } old)
            {
                Delete(old);
            }
        }
        return null;
    }

    /// <summary>Whether a claim of this share is kept here, also by a process that lives.</summary>
    public static bool IsThere(ShareId id) =>
        Directory.Exists(FolderOfAll) && Directory.EnumerateFiles(FolderOfAll, $"{id}.*").Any();

    /// <summary>Keeps a claim that is about to be made; it is on the disk when this returns.</summary>
    public static KeptClaim Create(ShareId id, EnvelopeHeader header, string? folder, string mark)
    {
        var token = ClaimToken.Create();
        var kept = new KeptClaimFile(token.ToText(), StrictBase64Url.Encode(header.Bytes), folder);
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(FolderOfAll);
            else
                Directory.CreateDirectory(FolderOfAll, OwnersOnly | UnixFileMode.UserExecute);
            var file = Open(Path.Combine(FolderOfAll, $"{id}.{mark}"), FileMode.CreateNew);
            file.Write(JsonSerializer.SerializeToUtf8Bytes(kept, CliJson.Default.KeptClaimFile));
            file.Write("\n"u8);
            file.Flush(flushToDisk: true);
            return new KeptClaim(file, kept, token, header, saved: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ComplaintException.Failure(
                $"the claim cannot be kept, and nothing was taken: {Running.Describe(failure)}",
                "set XDG_STATE_HOME to a folder that can be written to");
        }
    }

    public static string NewMark() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>So many bytes are on the disk.</summary>
    public void Save(long bytes)
    {
        Saved = bytes;
        _file.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes}\n")));
        _file.Flush(flushToDisk: true);
    }

    /// <summary>It is over: delivered, or no longer to be had.</summary>
    public void Forget() => Delete(_file);

    public void Dispose() => _file.Dispose();

    private static FileStream? TryLock(string path)
    {
        try
        {
            return Open(path, FileMode.Open);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // its process lives, or it has gone meanwhile
        }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnersOnly;
        return new FileStream(path, options);
    }

    private static KeptClaim? TryRead(FileStream file)
    {
        var lines = new StreamReader(file, leaveOpen: true).ReadToEnd().Split('\n');
        try
        {
            // The last line is empty, or one that was being written.
            if (lines.Length < 2 || JsonSerializer.Deserialize(lines[0], CliJson.Default.KeptClaimFile) is not { } kept
                || !ClaimToken.TryParse(kept.ClaimToken, out var token)
                || EnvelopeHeader.Read(StrictBase64Url.Decode(kept.Header), out var header) is not null)
                return null;
            long saved = lines.Length > 2 ? long.Parse(lines[^2], CultureInfo.InvariantCulture) : 0;
            return new KeptClaim(file, kept, token, header!, saved);
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            return null;
        }
    }

    private static void Delete(FileStream file)
    {
        // Deleted while it is locked, so that nobody finds it meanwhile.
        if (OperatingSystem.IsWindows())
            file.Dispose();
        File.Delete(file.Name);
        file.Dispose();
    }
}
