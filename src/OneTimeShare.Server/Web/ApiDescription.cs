namespace OneTimeShare.Server.Web;

/// <summary>The description of every route for programs, as OpenAPI 3.1 has it.</summary>
internal static class ApiDescription
{
    private static readonly byte[] Json = Read();

    public static void Map(IEndpointRouteBuilder app) => app.MapMethods(
        "/openapi.json", Methods.GetAndHead, () => Results.Bytes(Json, "application/json"));

    private static byte[] Read()
    {
        using var resource = typeof(ApiDescription).Assembly.GetManifestResourceStream("openapi.json")
            ?? throw new InvalidOperationException("The program has no description of itself.");
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
