using System.Security.Cryptography;
using StackExchange.Redis;

namespace OneTimeShare.Benchmarks.Floors;

/// <summary>The least that a server for one-time secrets can do: one SET of what came, one GETDEL to give it.</summary>
internal static class RedisFloor
{
    private const int KeyLength = 16;
    private const int MaxBody = 64 * 1024;

    public static async Task<int> ServeAsync(string url, string redisAddress)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(redisAddress);
        var database = redis.GetDatabase();
        await using var app = BareKestrel.Build(url);

        app.MapGet("/ready", () => "");
        app.MapPost("/put", (RequestDelegate)(async context =>
        {
            string key = Convert.ToHexString(RandomNumberGenerator.GetBytes(KeyLength));
            await database.StringSetAsync(key, await ReadBodyAsync(context.Request));
            context.Response.ContentLength = key.Length;
            await context.Response.WriteAsync(key);
        }));
        app.MapPost("/take/{key}", (RequestDelegate)(async context =>
        {
            byte[]? body = await database.StringGetDeleteAsync((string)context.Request.RouteValues["key"]!);
            context.Response.StatusCode = body is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            context.Response.ContentLength = body?.Length ?? 0;
            await context.Response.Body.WriteAsync(body);
        }));
        await app.RunAsync();
        return 0;
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        var body = new byte[Math.Min(request.ContentLength ?? 0, MaxBody)];
        await request.Body.ReadExactlyAsync(body);
        return body;
    }
}
