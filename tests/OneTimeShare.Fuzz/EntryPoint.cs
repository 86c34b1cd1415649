using Xunit.MicrosoftTestingPlatform;

namespace OneTimeShare.Fuzz;

/// <summary>Runs the tests, or, for scripts/fuzz, the fuzzer and what goes before it.</summary>
internal static class EntryPoint
{
    public static Task<int> Main(string[] arguments) => arguments switch
    {
        ["instrument", .. var assemblies] => Task.FromResult(Coverage.Instrument(assemblies)),
        ["fuzz", .. var options] => FuzzRun.RunAsync(options),
        ["replay", var target, var file] => FuzzRun.ReplayAsync(target, file),
        ["verdicts"] => FuzzRun.WriteVerdictsAsync(),
        _ => TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };
}
