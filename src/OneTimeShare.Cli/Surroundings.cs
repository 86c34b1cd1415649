namespace OneTimeShare.Cli;

/// <summary>The only code that reads the environment: docs/cli.md names every variable.</summary>
internal static class Surroundings
{
    public static string? Server => Variable("OTS_SERVER");

    public static string? CreateToken => Variable("OTS_CREATE_TOKEN");

    /// <summary>An empty one too: what should have said it may have failed.</summary>
    public static string? Passphrase => Environment.GetEnvironmentVariable("OTS_PASSPHRASE");

    public static string? CertificateAuthorities => Variable("OTS_CA");

    public static string? Key => Variable("OTS_KEY");

    public static string? Terminal => Variable("TERM");

    public static bool NoColor => Variable("NO_COLOR") is not null;

    public static bool HasWayland => Variable("WAYLAND_DISPLAY") is not null;

    public static bool HasX => Variable("DISPLAY") is not null;

    /// <summary>Where this person's programs keep what they need to go on.</summary>
    public static string StateFolder => OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "ots")
        : Path.Combine(Variable("XDG_STATE_HOME") ?? Path.Combine(Home, ".local", "state"), "ots");

    private static string Home => Environment.GetFolderPath(
        Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);

    /// <summary>Null where it is not there, or empty.</summary>
    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
