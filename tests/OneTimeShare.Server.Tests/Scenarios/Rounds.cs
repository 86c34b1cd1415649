using System.Globalization;

namespace OneTimeShare.Server.Tests.Scenarios;

/// <summary>
/// How often a scenario is played: a few times among all tests, and as often as <c>scripts/scenario</c> says by itself.
/// </summary>
internal static class Rounds
{
    private static readonly string? Asked = Environment.GetEnvironmentVariable("SCENARIO_ROUNDS");

    /// <summary>It is played by itself, on a machine that does nothing else.</summary>
    public static bool AreWhole => Asked is not null;

    public static int Or(int few) => Asked is null ? few : int.Parse(Asked, CultureInfo.InvariantCulture);
}
