using OneTimeShare.Server.Tests.Stores;
using Xunit.MicrosoftTestingPlatform;

namespace OneTimeShare.Server.Tests;

/// <summary>Runs the tests, or, for one of them, the program that it kills.</summary>
internal static class EntryPoint
{
    public static Task<int> Main(string[] arguments) => arguments is [ProgramToKill.Argument, var folder]
        ? ProgramToKill.RunAsync(folder)
        : TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
