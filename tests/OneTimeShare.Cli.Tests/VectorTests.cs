using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using OneTimeShare.Envelope.Tests;
using OneTimeShare.Server.Tests.Stores;
using Xunit;

namespace OneTimeShare.Cli.Tests;

/// <summary>
/// The native program opens every vector, or says the name of what is wrong with it. Those whose names begin with
/// <c>served-</c> are of a server that sends something else than the envelope, and no file.
/// </summary>
public sealed class VectorTests
{
    private static readonly string Vectors = Path.Combine(Ots.Root, "testkit", "vectors");

    public static IEnumerable<TheoryDataRow<string>> Names => Directory.EnumerateFiles(Vectors, "*.vector")
        .Select(Path.GetFileNameWithoutExtension).Where(name => !name!.StartsWith("served-", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).Select(name => new TheoryDataRow<string>(name!));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Names))]
    public async Task A_vector_gives_what_it_says(string name)
    {
        var vector = new VectorFile(await File.ReadAllTextAsync(Path.Combine(Vectors, name + ".vector"), Cancel));
        using var folder = new TemporaryFolder();
        string envelope = Path.Combine(folder.Path, "envelope"), taken = Path.Combine(folder.Path, "taken");
        await File.WriteAllBytesAsync(envelope, vector.Envelope, Cancel);
        Directory.CreateDirectory(taken);

        var (exitCode, said) = await OpenAsync(vector, envelope, taken, folder.Path);

        if (vector.Expect == "ok")
        {
            Assert.Equal((0, ""), (exitCode, said));
            AssertSaved(vector, taken);
        }
        else
        {
            Assert.NotEqual(0, exitCode);
            Assert.StartsWith($"ots: error: {vector.Expect}: ", said, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(taken));
        }
    }

    private static async Task<(int ExitCode, string Said)> OpenAsync(
        VectorFile vector, string envelope, string taken, string folder)
    {
        List<string> arguments =
            ["--wait", Path.Combine(Ots.Folder, "ots"), "open", envelope, "--key", "-", "-o", taken];
        if (vector.Passphrase is { } passphrase)
        {
            string file = Path.Combine(folder, "passphrase");
            await File.WriteAllBytesAsync(file, [.. LooseUtf8(passphrase), (byte)'\n'], Cancel);
            arguments.AddRange(["--passphrase-file", file]);
        }
        var start = new ProcessStartInfo("setsid", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("OTS_PASSPHRASE");
        using var ots = Process.Start(start)!;
        await ots.StandardInput.WriteLineAsync(vector.LinkKey);
        ots.StandardInput.Close();
        string said = await ots.StandardError.ReadToEndAsync(Cancel);
        await ots.WaitForExitAsync(Cancel);
        return (ots.ExitCode, said);
    }

    private static void AssertSaved(VectorFile vector, string folder)
    {
        var files = vector.Files.ToArray();
        Assert.Equal(files.Length, Directory.GetFileSystemEntries(folder).Length);
        Assert.All(files, file =>
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, file.GetProperty("safe").GetString()!));
            Assert.Equal(file.GetProperty("size").GetInt64(), bytes.Length);
            Assert.Equal(file.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        });
    }

    /// <summary>Half a character becomes three bytes that are no UTF-8, as from a careless program.</summary>
    private static byte[] LooseUtf8(string text)
    {
        var bytes = new List<byte>();
        for (int i = 0; i < text.Length; i++)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                var utf8 = new byte[rune.Utf8SequenceLength];
                rune.EncodeToUtf8(utf8);
                bytes.AddRange(utf8);
                i += rune.Utf16SequenceLength - 1;
            }
            else
            {
                int half = text[i];
                bytes.AddRange([(byte)(0xE0 | half >> 12), (byte)(0x80 | half >> 6 & 63), (byte)(0x80 | half & 63)]);
            }
        }
        return [.. bytes];
    }
}
