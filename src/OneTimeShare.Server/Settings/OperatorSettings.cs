using OneTimeShare.Server.Operator;

namespace OneTimeShare.Server.Settings;

/// <summary>Who may see and do what an operator does.</summary>
internal static class OperatorSettings
{
    public static OperatorOptions Read(SettingsReader reader) => new()
    {
        Password = ReadPassword(reader),
        MetricsToken = reader.Text("OTS_METRICS_TOKEN"),
    };

    // The value is not repeated: it is a secret, or its hash.
    private static OperatorPassword? ReadPassword(SettingsReader reader)
    {
        if (reader.Text("OTS_ADMIN_PASSWORD") is not { } text)
            return null;
        if (OperatorPassword.TryParse(text) is { } password)
            return password;
        reader.Refuse($"OTS_ADMIN_PASSWORD has fewer than {OperatorPassword.MinLength} characters or more than "
            + $"{OperatorPassword.MaxLength}, or begins with $argon2id$ and is no hash that can be checked: give a "
            + "longer one, or $argon2id$v=19$m=65536,t=3,p=1$SALT$HASH with a salt of 16 bytes.");
        return null;
    }
}
