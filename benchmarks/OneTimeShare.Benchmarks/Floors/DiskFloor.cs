using Microsoft.Win32.SafeHandles;

namespace OneTimeShare.Benchmarks.Floors;

/// <summary>The least that a server for large bodies can do: to a file and fsync, and from the file again.</summary>
internal static class DiskFloor
{
    private const int ReadLength = 256 * 1024;

    public static async Task<int> ServeAsync(string url, string folder)
    {
        await using var app = BareKestrel.Build(url);
        string PathOf(HttpContext context) =>
            Path.Combine(folder, Path.GetFileName((string)context.Request.RouteValues["name"]!));

        app.MapGet("/ready", () => "");
        app.MapPut("/{name}", (RequestDelegate)(async context =>
        {
            using var file = File.OpenHandle(PathOf(context), FileMode.Create, FileAccess.Write);
            await ReceiveAsync(context, file);
            RandomAccess.FlushToDisk(file);
            context.Response.StatusCode = StatusCodes.Status201Created;
        }));
        app.MapGet("/{name}", (RequestDelegate)(async context =>
        {
            using var file = File.OpenHandle(PathOf(context));
            await SendAsync(context, file);
        }));
        app.MapDelete("/{name}", (RequestDelegate)(context =>
        {
            File.Delete(PathOf(context));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }));
        await app.RunAsync();
        return 0;
    }

    private static async Task ReceiveAsync(HttpContext context, SafeFileHandle file)
    {
        var body = context.Request.BodyReader;
        var segments = new List<ReadOnlyMemory<byte>>();
        long written = 0;
        while (true)
        {
            var read = await body.ReadAsync(context.RequestAborted);
            segments.Clear();
            foreach (var segment in read.Buffer)
                segments.Add(segment);
            await RandomAccess.WriteAsync(file, segments, written, context.RequestAborted);
            written += read.Buffer.Length;
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                return;
        }
    }

    private static async Task SendAsync(HttpContext context, SafeFileHandle file)
    {
        context.Response.ContentLength = RandomAccess.GetLength(file);
        var response = context.Response.BodyWriter;
        long sent = 0;
        while (RandomAccess.Read(file, response.GetSpan(ReadLength)[..ReadLength], sent) is var read and > 0)
        {
            response.Advance(read);
            sent += read;
            await response.FlushAsync(context.RequestAborted);
        }
    }
}
