using Xunit;

namespace OneTimeShare.Browser.Tests;

/// <summary>
/// A task of a person at the real server. When it is done, every visitor's browser must have had nothing to complain
/// about; where it is not, what they saw last is kept as a picture.
/// </summary>
public abstract class BrowserTest(Chromium chromium, Site site) : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];

    internal Site Site { get; } = site;

    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Somebody else each time, who is not known from before.</summary>
    internal Task<Visitor> VisitAsync(Visit? visit = null) => VisitAsync(Site.Address, visit);

    internal async Task<Visitor> VisitAsync(Uri server, Visit? visit = null)
    {
        var visitor = await Visitor.ArriveAsync(chromium.Browser, server, visit ?? Visit.Desktop);
        _visitors.Add(visitor);
        return visitor;
    }

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
                await KeepPicturesAsync();
            foreach (var visitor in _visitors)
                visitor.Watch.AssertClean();
        }
        finally
        {
            foreach (var visitor in _visitors)
                await visitor.DisposeAsync();
        }
    }

    private async Task KeepPicturesAsync()
    {
        string test = TestContext.Current.TestMethod?.MethodName ?? GetType().Name;
        string folder = Path.Combine(AppContext.BaseDirectory, "TestResults", "pictures");
        foreach (var (i, visitor) in _visitors.Index())
            await visitor.ShowAsync(Path.Combine(folder, $"{test}-{i + 1}.png"));
    }
}
