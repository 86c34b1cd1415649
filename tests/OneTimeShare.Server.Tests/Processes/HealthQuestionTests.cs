using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>What a container's health check runs.</summary>
public sealed class HealthQuestionTests
{
    [Fact]
    public async Task The_program_tells_by_its_exit_code_whether_the_server_beside_it_is_ready()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path);
        Assert.Equal((0, ""), await server.RunBesideAsync("--health"));
        await server.KillAsync();
        Assert.Equal((1, ""), await server.RunBesideAsync("--health"));
    }

    [Fact]
    public async Task A_server_whose_folder_is_gone_is_not_ready()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.Path);
        string blobs = Path.Combine(folder.Path, "blobs");
        if (Directory.Exists(blobs))
            Directory.Delete(blobs, recursive: true);
        await File.WriteAllTextAsync(blobs, "not a folder", TestContext.Current.CancellationToken);
        Assert.Equal((1, ""), await server.RunBesideAsync("--health"));
    }
}
