using Xunit.MicrosoftTestingPlatform;

namespace OneTimeShare.Browser.Tests;

/// <summary>Runs the tests, or makes the pictures for the documents.</summary>
internal static class EntryPoint
{
    public static Task<int> Main(string[] arguments) => arguments switch
    {
        [Screenshots.Argument, var folder] => Screenshots.RunAsync(folder),
        [Demo.Argument, var folder] => Demo.RunAsync(folder),
        _ => TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };
}
