using OneTimeShare.Server.Blobs;

namespace OneTimeShare.Server.Settings;

/// <summary>The settings of the bucket that keeps the blobs: all of what it takes, or nothing.</summary>
internal static class BucketSettings
{
    private const string Endpoint = "OTS_S3_ENDPOINT";
    private const string Bucket = "OTS_S3_BUCKET";
    private const string AccessKey = "OTS_S3_ACCESS_KEY";
    private const string SecretKey = "OTS_S3_SECRET_KEY";
    private const string Region = "OTS_S3_REGION";
    private const string PathStyle = "OTS_S3_PATH_STYLE";

    /// <summary>Null where none is set: blobs are kept in the data folder then.</summary>
    public static S3Options? Read(SettingsReader reader)
    {
        string[] names = [Endpoint, Bucket, AccessKey, SecretKey, Region, PathStyle];
        var given = names.ToDictionary(name => name, reader.Text);
        if (given.Values.All(value => value is null))
            return null;
        string[] missing = [.. names[..4].Where(name => given[name] is null)];
        if (missing.Length > 0)
        {
            reader.Refuse($"{names.First(name => given[name] is not null)} is set, but {string.Join(", ", missing)} "
                + "not: set all four to keep blobs in S3, or none to keep them in the data folder.");
        }
        string? pathStyle = given[PathStyle];
        if (pathStyle is not (null or "on" or "off"))
        {
            reader.Refuse($"{PathStyle} is \"{pathStyle}\": give on (https://host/bucket), or off "
                + "(https://bucket.host).");
        }
        var endpoint = ReadEndpoint(reader, given[Endpoint]);
        return missing.Length > 0 || endpoint is null ? null : new S3Options(
            endpoint, given[Bucket]!, given[AccessKey]!, given[SecretKey]!, given[Region] ?? "us-east-1",
            pathStyle != "off");
    }

    private static Uri? ReadEndpoint(SettingsReader reader, string? text)
    {
        if (text is null || (Uri.TryCreate(text, UriKind.Absolute, out var endpoint)
            && endpoint is { Scheme: "http" or "https", AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" }))
            return text is null ? null : new Uri(text);
        reader.Refuse($"{Endpoint} is no address: give the service's address without the bucket, like "
            + "https://s3.eu-central-1.amazonaws.com or http://127.0.0.1:9000.");
        return null;
    }
}
