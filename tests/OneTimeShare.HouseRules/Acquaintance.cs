namespace OneTimeShare.HouseRules;

/// <summary>What the code of an area must not know.</summary>
/// <param name="Area">The folder, or the library.</param>
/// <param name="Areas">Other areas, with every type that only they declare.</param>
/// <param name="Names">Namespaces with all that is in them, and types.</param>
internal sealed record Acquaintance(string Area, string[] Areas, string[] Names)
{
    private static readonly string[] Drivers = ["Microsoft.Data.Sqlite", "StackExchange.Redis", "Amazon"];

    private static readonly string[] Keys =
        ["KeySchedule", "LinkKey", "Passphrase", "EnvelopeReader", "EnvelopeWriter", "ContentReader", "RecordReader",
         "RecordWriter"];

    // The web SDK imports the namespaces of HTTP everywhere, so its types are named too.
    private static readonly string[] Http =
        ["Microsoft.AspNetCore", "HttpContext", "HttpRequest", "HttpResponse", "IResult", "Results", "TypedResults",
         "StatusCodes", "HttpMethods", "WebApplication", "IApplicationBuilder", "IEndpointRouteBuilder"];

    public static Acquaintance[] All { get; } =
    [
        new("Envelope", ["Shares", "Stores", "Blobs", "Doors", "Uploads", "Web", "Settings", "Operator"],
            ["OneTimeShare.Server", "OneTimeShare.Client", "Microsoft", "ILogger", .. Drivers, .. Http]),
        new("Shares", ["Stores", "Blobs", "Doors", "Uploads", "Settings", "Operator"],
            ["OneTimeShare.Server.Web.Pages", "RazorSlices", .. Drivers, .. Keys]),
        new("Stores", ["Blobs", "Doors", "Uploads", "Web", "Settings", "Operator"], ["Amazon", .. Keys, .. Http]),
        new("Blobs", ["Stores", "Doors", "Uploads", "Web", "Settings", "Operator"],
            ["Microsoft.Data.Sqlite", "StackExchange.Redis", .. Keys, .. Http]),
        new("Doors", ["Stores", "Blobs", "Uploads", "Settings", "Operator"], Drivers),
        new("Uploads", ["Stores", "Blobs", "Doors", "Settings", "Operator"], [.. Drivers, .. Keys]),
        new("Web", ["Stores", "Blobs", "Uploads", "Settings", "Operator"], [.. Drivers, .. Keys]),
        new("Operator", ["Stores", "Blobs", "Doors", "Uploads", "Settings"], [.. Drivers, .. Keys]),
        new("Client", [],
            ["OneTimeShare.Server", "OneTimeShare.Cli", "Microsoft", "Console", "System.Console", .. Drivers, .. Http]),
        new("Cli", [], ["OneTimeShare.Server", "Microsoft.AspNetCore", .. Drivers]),
    ];

    public IEnumerable<string> Violations(IReadOnlyList<SourceFile> sources)
    {
        var strange = sources.ToLookup(source => Areas.Contains(source.Area));
        var strangers = strange[true].SelectMany(source => source.Declares)
            .Except(strange[false].SelectMany(source => source.Declares)).ToHashSet();
        string[] spaces =
            [.. Names, .. Areas.SelectMany(area => new[] { "OneTimeShare.Server." + area, "Server." + area })];
        return from source in sources
               where source.Area == Area
               from mention in source.Mentions
               where strangers.Contains(mention.Split('.')[0])
                   || Areas.Any(area => mention.StartsWith(area + ".", StringComparison.Ordinal))
                   || spaces.Any(space => mention == space || mention.StartsWith(space + ".", StringComparison.Ordinal))
               select $"{source.File.Path} knows {mention}";
    }
}
