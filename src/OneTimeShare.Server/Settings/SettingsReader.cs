using OneTimeShare.Server.Shares;

namespace OneTimeShare.Server.Settings;

/// <summary>
/// Reads settings from the environment, <c>NAME</c> or the file that <c>NAME_FILE</c> names, and gathers a sentence for
/// everything that is wrong, so that an operator sees all of it at once. A sentence never repeats a secret's value.
/// </summary>
internal sealed class SettingsReader(IConfiguration environment)
{
    private const string Prefix = "OTS_";

    private readonly List<string> _problems = [];
    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What was asked for so far.</summary>
    public IReadOnlySet<string> Asked => _read;

    public void Refuse(string sentence) => _problems.Add(sentence);

    /// <summary>To be called last. A setting with a slip in its name would silently not hold.</summary>
    public void RefuseWhatNothingReads()
    {
        foreach (var (name, value) in environment.AsEnumerable())
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && value is { Length: > 0 }
                && !_read.Contains(name))
                Refuse($"{name} is set, but there is no such setting: correct its name, or unset it.");
        }
    }

    /// <summary>Null where it is unset or empty.</summary>
    public string? Text(string name)
    {
        if (Setting.All.All(setting => setting.Name != name))
            throw new ArgumentException($"No document knows {name}.", nameof(name));
        _read.Add(name);
        _read.Add(name + "_FILE");
        string? value = environment[name] is { Length: > 0 } given ? given : null;
        if (environment[name + "_FILE"] is not { Length: > 0 } file)
            return value;
        if (value is not null)
        {
            Refuse($"{name} and {name}_FILE are both set: keep one of them.");
            return value;
        }
        try
        {
            if (File.ReadAllText(file).TrimEnd('\r', '\n') is { Length: > 0 } content)
                return content;
            // Somebody meant to set it: without the create token, say, everybody could create.
            Refuse($"{name}_FILE names a file that is empty: {file}.");
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Refuse($"{name}_FILE names a file that cannot be read: {file}.");
            return null;
        }
    }

    /// <summary>Where a value is read from, if from a file.</summary>
    public string? FileOf(string name) =>
        environment[name + "_FILE"] is { Length: > 0 } file ? Path.GetFullPath(file) : null;

    public TimeSpan Duration(string name, TimeSpan fallback, TimeSpan min)
    {
        if (Text(name) is not { } text)
            return fallback;
        if (Lifetime.TryParse(text, out var duration) && duration >= min)
            return duration;
        Refuse($"{name} is \"{text}\": give a time of at least {min.TotalSeconds:0} seconds, like 90s, 30m, 5h or 7d.");
        return fallback;
    }

    public long? Size(string name, long min, long max)
    {
        if (Text(name) is not { } text)
            return null;
        if (ByteSize.TryParse(text, out long bytes) && bytes >= min && bytes <= max)
            return bytes;
        Refuse($"{name} is \"{text}\": give a size from {min} to {max} bytes, like 500kB, 20MB or 2GiB.");
        return null;
    }

    public int Number(string name, int fallback, int min, int max)
    {
        if (Text(name) is not { } text)
            return fallback;
        if (Digits.TryParse(text, out long number) && number >= min && number <= max)
            return (int)number;
        Refuse($"{name} is \"{text}\": give a whole number from {min} to {max}.");
        return fallback;
    }

    public string[] List(string name) =>
        Text(name)?.Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries) ?? [];
}
