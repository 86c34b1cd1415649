using Microsoft.Playwright;
using OneTimeShare.Server.Tests.Processes;
using Xunit;
using Xunit.Sdk;

namespace OneTimeShare.Browser.Tests;

/// <summary>Whatever goes wrong in a browser, some test has to hear of it.</summary>
public sealed class WatchTests(Chromium chromium, Site site)
{
    [Theory]
    [InlineData("console.warn('Hm.')", "warning: Hm.")]
    [InlineData("console.error('Oh.')", "error: Oh.")]
    [InlineData("setTimeout(() => { throw new Error('Ouch.') })", "Not caught: Error: Ouch.")]
    [InlineData("document.body.setAttribute('style', 'color: red')", "Refused by style-src-attr")]
    [InlineData("document.body.append(Object.assign(new Image(), { src: 'http://other.example/a.png' }))",
        "Refused by img-src")]
    [InlineData("location.href = location.href.replace('127.0.0.1', 'localhost')", "A request to somebody else")]
    [InlineData("location.href = '/no/such'", "answered 404")]
    public async Task What_goes_wrong_in_a_page_is_a_complaint(string script, string complaint)
    {
        await using var visitor = await ArriveAsync(site.Address);
        await visitor.GoAsync();
        visitor.Watch.AssertClean();
        await visitor.Page.EvaluateAsync($"() => {{ {script} }}");
        await AssertComplaintAsync(visitor, complaint);
    }

    [Fact]
    public async Task A_request_without_an_answer_is_a_complaint()
    {
        await using var proxy = new CuttableProxy(site.Address);
        await using var visitor = await ArriveAsync(proxy.Address);
        await visitor.GoAsync();
        visitor.Watch.AssertClean();
        proxy.Closed = true;
        proxy.Cut();
        await Assert.ThrowsAnyAsync<PlaywrightException>(() => visitor.GoAsync());
        await AssertComplaintAsync(visitor, "net::ERR_");
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_a_complaint()
    {
        await using var proxy = new CuttableProxy(site.Address);
        await using var visitor = await ArriveAsync(proxy.Address);
        proxy.CutAfterDown(3000);
        await visitor.Page.GotoAsync(visitor.Address.AbsoluteUri, new() { WaitUntil = WaitUntilState.Commit });
        Assert.Equal(1, proxy.Cuts);
        await AssertComplaintAsync(visitor, "net::ERR_");
    }

    [Fact]
    public async Task What_was_expected_is_none()
    {
        await using var visitor = await ArriveAsync(site.Address);
        visitor.Watch.Expect(404, "/no/such");
        await visitor.GoAsync("no/such");
        visitor.Watch.AssertClean();
        await visitor.GoAsync("not/this");
        await AssertComplaintAsync(visitor, "answered 404");
    }

    [Fact]
    public async Task What_not_everybody_can_read_is_found()
    {
        await using var visitor = await ArriveAsync(site.Address);
        await visitor.GoAsync();
        await visitor.Page.EvaluateAsync("() => document.querySelector('label[for=text]').remove()");
        var failure = await Assert.ThrowsAsync<EmptyException>(visitor.AssertAccessibleAsync);
        Assert.Contains("label", failure.Message);
    }

    private Task<Visitor> ArriveAsync(Uri address) => Visitor.ArriveAsync(chromium.Browser, address, Visit.Desktop);

    // The browser tells of it in its own time.
    private static Task AssertComplaintAsync(Visitor visitor, string complaint) =>
        Eventually.HoldsAsync(complaint, () =>
        {
            try
            {
                visitor.Watch.AssertClean();
                return false;
            }
            catch (EmptyException failure)
            {
                return failure.Message.Contains(complaint, StringComparison.Ordinal);
            }
        });
}
