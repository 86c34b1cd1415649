using OneTimeShare.Server.Web;

namespace OneTimeShare.Server.Uploads;

/// <summary>Large envelopes in pieces that resume: every route, in the order of an upload's life.</summary>
internal static class UploadsApi
{
    private static readonly string[] Options = [HttpMethods.Options];
    private static readonly string[] Head = [HttpMethods.Head];

    public static void MapUploads(this IEndpointRouteBuilder app)
    {
        var about = app.MapGroup(Tus.Path);
        about.MapMethods("", Options, DescribeUploads.Handle);
        about.MapMethods("/{id}", Options, DescribeUploads.Handle);

        var uploads = app.MapGroup(Tus.Path).AddEndpointFilter(Tus.RefuseOtherVersions);
        uploads.MapPost("", BeginUpload.HandleAsync).RequireRateLimiting(RateLimits.Create);
        uploads.MapMethods("/{id}", Head, ReadUpload.HandleAsync);
        uploads.MapPatch("/{id}", AppendUpload.HandleAsync).WithMetadata(BodyOfAnyLength.Instance);
        uploads.MapDelete("/{id}", EndUpload.HandleAsync);
    }
}
