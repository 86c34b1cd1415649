using System.Text;
using Microsoft.Extensions.Configuration;
using OneTimeShare.Envelope;
using OneTimeShare.Server.Settings;

namespace OneTimeShare.Fuzz.Targets;

/// <summary>Settings, a line each, are all right or each wrong one has its sentence; nothing is thrown.</summary>
internal sealed class SettingsTarget() : Target("settings")
{
    // Those that name files would have this read any, and a password costs a tenth of a second by intent.
    private static readonly string[] Left = ["OTS_TLS_CERT", "OTS_TLS_KEY"];

    public override bool Takes(byte[] input)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings(input)).Build();
        var settings = ServerSettings.Read(configuration, out var problems);
        Promise(problems.All(problem => problem.Length > 10 && problem.EndsWith('.')), "no sentence");
        if (problems.Count > 0)
            return false;
        var shares = settings.Shares;
        Promise(shares.MinLifetime <= shares.DefaultLifetime && shares.DefaultLifetime <= shares.MaxLifetime, "times");
        Promise(shares.MaxSize is >= 1 and <= Padding.MaxLength, "a size");
        Promise(shares.MaxStorage is null || shares.MaxSize <= shares.MaxStorage, "sizes");
        Promise(shares.MaxPassphraseAttempts is >= 1 and <= 1000, "attempts");
        Promise(shares.Lease >= TimeSpan.FromMinutes(1), "lease");
        Promise(settings.Web.BaseUrl is null || settings.Web.BaseUrl.AbsoluteUri.EndsWith('/'), "base address");
        return true;
    }

    private static Dictionary<string, string?> Settings(byte[] input)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        // The environment has no zero byte, and no line end in a name.
        foreach (string line in Encoding.Latin1.GetString(input).Replace("\0", "").Split('\n'))
        {
            int at = line.IndexOf('=');
            string name = at <= 0 ? "" : line[..at];
            if (name == "" || name.EndsWith("_FILE", StringComparison.OrdinalIgnoreCase) || Left.Contains(name)
                || (name == "OTS_ADMIN_PASSWORD" && !line.Contains("$argon2id$", StringComparison.Ordinal)))
                continue;
            settings[name] = line[(at + 1)..];
        }
        return settings;
    }
}
