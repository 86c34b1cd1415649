namespace OneTimeShare.Server.Settings;

/// <summary>A setting as the documents have it. Nothing reads one that is not among <see cref="All"/>.</summary>
/// <param name="Name">Of the environment variable.</param>
/// <param name="Default">As an operator would write it; empty where unset is something else.</param>
/// <param name="Meaning">For the operator, in Markdown.</param>
internal sealed record Setting(string Name, string Default, string Meaning)
{
    public const string Argument = "--settings";

    public static IReadOnlyList<Setting> All { get; } =
    [
        new("OTS_BASE_URL", "", "The address that people use, with the sub-path if there is one. Unset, links are made "
            + "from what each request says its host is."),
        new("OTS_DATA", "./data", "The folder for everything that is kept."),
        new("OTS_TLS_CERT", "", "A PEM file with the certificate and those that vouch for it, for TLS by the server "
            + "itself at an `https://` address. Read again when it changes."),
        new("OTS_TLS_KEY", "", "The PEM file of its key, without a password."),
        new("OTS_TRUSTED_PROXIES", "", "Addresses or networks whose `X-Forwarded-*` counts. Unset, nobody's does."),
        new("OTS_MAX_CONNECTIONS", "10000", "How many connections there may be at once."),
        new("OTS_REDIS", "", "Redis for the shares of any number of servers. Unset, they are in SQLite in `OTS_DATA`."),
        new("OTS_REDIS_PREFIX", "", "What every key in Redis begins with; `ots:` where it is unset."),
        new("OTS_UNSAFE_REDIS", "", "`1` starts with a Redis that may lose shares."),
        new("OTS_S3_ENDPOINT", "", "The address of an S3 service for the blobs, without the bucket. Unset, they are in "
            + "`OTS_DATA`."),
        new("OTS_S3_BUCKET", "", "Its bucket, for this server alone."),
        new("OTS_S3_ACCESS_KEY", "", "What requests to it are signed with."),
        new("OTS_S3_SECRET_KEY", "", "What requests to it are signed with."),
        new("OTS_S3_REGION", "", "What they are signed for; `us-east-1` where it is unset."),
        new("OTS_S3_PATH_STYLE", "", "`off` where the bucket is in the host's name and not in the path."),
        new("OTS_MAX_SIZE", "20MB", "The largest secret."),
        new("OTS_MAX_STORAGE", "", "What all live shares and unfinished uploads may hold together. Unset, as much as "
            + "there is."),
        new("OTS_TTL_DEFAULT", "5h", "How long a secret waits for its reader."),
        new("OTS_TTL_MIN", "1m", "The shortest that a sender may choose."),
        new("OTS_TTL_MAX", "7d", "The longest that a sender may choose."),
        new("OTS_LEASE", "10m", "How long a claimant may fetch again, beside the time for the size at 64 KiB/s."),
        new("OTS_HISTORY", "7d", "How long receipts and 410s answer after the end."),
        new("OTS_UPLOAD_IDLE", "1h", "How long an unfinished upload may be silent."),
        new("OTS_MAX_PASSPHRASE_ATTEMPTS", "5", "How many wrong passphrases lock a share."),
        new("OTS_EXTENSIONS", "", "Which files are taken, by extension; `*` for all. Unset, documents, images, "
            + "archives and keys."),
        new("OTS_CREATE_TOKEN", "", "What a sender has to show to create. Unset, anyone may."),
        new("OTS_CREATE_TOKENS", "", "Instead, one for each of several by name: `ci:TOKEN alice:TOKEN`. From a file "
            + "they are read again when it changes."),
        new("OTS_RATE_LIMITS", "on", "`off` where something before this server limits rates."),
        new("OTS_RATE_CREATE", "60/h", "How often one network, an IPv4 address or an IPv6 /64, may create."),
        new("OTS_RATE_OPEN", "60/m", "How often it may open."),
        new("OTS_ADMIN_PASSWORD", "", "The operator's password, or its hash `$argon2id$...`. Unset, there are no "
            + "operator's pages."),
        new("OTS_METRICS_TOKEN", "", "What a program shows as `Authorization: Bearer` to read `/metrics` and nothing "
            + "else."),
        new("OTS_LOG", "text", "`json` for one JSON object a line."),
        new("OTS_IMPRINT_URL", "", "A link to your imprint at the foot of every page."),
        new("OTS_PRIVACY_URL", "", "A link to what you say about privacy, there too."),
        new("OTS_FEEDBACK_URL", "", "A link by which people reach you, there too."),
    ];

    /// <summary>Writes the table that the documents have.</summary>
    public static int WriteAll(TextWriter output)
    {
        output.Write("| setting | default | meaning |\n|---|---|---|\n");
        foreach (var setting in All)
        {
            string value = setting.Default is "" ? "" : $"`{setting.Default}`";
            output.Write($"| `{setting.Name}` | {value} | {setting.Meaning} |\n");
        }
        return 0;
    }
}
