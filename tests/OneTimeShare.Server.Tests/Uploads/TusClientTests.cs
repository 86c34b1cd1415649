using System.Diagnostics;
using System.Security.Cryptography;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Uploads;

public sealed class TusClientTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string Script =
        Path.Combine(AppContext.BaseDirectory, "../../../../tus-client/upload.mjs");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1_000)]
    [InlineData(150_000)]
    [InlineData(5_000_000)]
    public async Task A_client_that_others_wrote_uploads_over_a_line_that_breaks(int length)
    {
        using var folder = new TemporaryFolder();
        var secret = await Secret.SealAsync(RandomNumberGenerator.GetBytes(length));
        string file = Path.Combine(folder.Path, "envelope");
        await File.WriteAllBytesAsync(file, secret.Envelope, Cancel);
        var (status, output, errors) = await RunAsync(
            "node", Script, server.Address.ToString(), secret.ReceiptToken, file);
        Assert.True(status == 0, $"{status} {output} {errors}");
        await server.AssertPublishedAsync(secret, output.Trim().TrimStart('/'));
        Assert.False(server.Holds("never-kept"u8) || server.Holds("bmV2ZXIta2VwdC"u8));
    }

    private static async Task<(int Status, string Output, string Errors)> RunAsync(
        string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var errors = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, Cancel);
        return (process.ExitCode, await output, await errors);
    }
}
