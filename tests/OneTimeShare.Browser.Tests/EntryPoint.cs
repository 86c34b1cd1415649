using Xunit.MicrosoftTestingPlatform;

namespace OneTimeShare.Browser.Tests;

/// <summary>Runs the tests, does the main job elsewhere, or makes the pictures for the documents.</summary>
internal static class EntryPoint
{
    public static Task<int> Main(string[] arguments) => arguments switch
    {
        [Screenshots.Argument, var folder] => Screenshots.RunAsync(folder),
        [Demo.Argument, var folder] => Demo.RunAsync(folder),
        [MainJob.Argument, var address, var certificate] => MainJob.RunAsync(new Uri(address), certificate),
        _ => TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };
}
