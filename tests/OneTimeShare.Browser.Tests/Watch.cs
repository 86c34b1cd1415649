using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace OneTimeShare.Browser.Tests;

/// <summary>
/// Looks on at all that a visitor's browser does. Whatever it says or asks that a test has not announced is a
/// complaint: an error, a warning, a refusal by the content security policy, a request to anybody but the server, one
/// that failed.
/// </summary>
internal sealed class Watch
{
    // Chromium reports a violation to the console as well, but not where the policy is only about a worker.
    private const string ReportViolations = """
        addEventListener("securitypolicyviolation", (event) => {
          console.error(`Refused by ${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`);
        });
        """;

    private readonly ConcurrentQueue<Complaint> _complaints = new();
    private readonly ConcurrentQueue<Expected> _expected = new();
    private readonly ConcurrentQueue<string> _expectedWords = new();
    private readonly string _origin;

    private Watch(Uri address) => _origin = address.GetLeftPart(UriPartial.Authority);

    public static async Task<Watch> OnAsync(IBrowserContext context, Uri address)
    {
        var watch = new Watch(address);
        context.Request += (_, request) => watch.See(request);
        context.Response += (_, response) => watch.See(response);
        context.RequestFailed += (_, request) => watch.Complain($"{request.Url} {request.Failure}", 0, request.Url);
        context.Console += (_, message) => watch.See(message);
        context.WebError += (_, error) => watch.Complain($"Not caught: {error.Error}");
        await context.AddInitScriptAsync(ReportViolations);
        return watch;
    }

    /// <summary>An answer of this status, or 0 for none at all, is no surprise from there.</summary>
    public void Expect(int status, string pathContains) => _expected.Enqueue(new Expected(status, pathContains));

    /// <summary>The browser may say this: something about the test itself, such as its address.</summary>
    public void ExpectWords(string words) => _expectedWords.Enqueue(words);

    public void AssertClean() => Assert.Empty(
        from complaint in _complaints
        where !_expected.Any(expected => expected.Covers(complaint))
        where !_expectedWords.Any(words => complaint.Text.Contains(words, StringComparison.Ordinal))
        select complaint.Text);

    private void See(IRequest request)
    {
        var address = new Uri(request.Url);
        bool stays = address.Scheme is "data" or "blob" || address.GetLeftPart(UriPartial.Authority) == _origin;
        if (!stays)
            Complain($"A request to somebody else: {request.Url}");
    }

    private void See(IResponse response)
    {
        if (response.Status >= 400)
            Complain($"{response.Url} answered {response.Status}", response.Status, response.Url);
    }

    private void See(IConsoleMessage message)
    {
        // The browser's own word on an answer, which has been seen already.
        bool isAnswer = message.Text.StartsWith("Failed to load resource:", StringComparison.Ordinal);
        if (message.Type is "error" or "warning" && !isAnswer)
            Complain($"{message.Type}: {message.Text} ({message.Location})");
    }

    private void Complain(string text, int? status = null, string? address = null) =>
        _complaints.Enqueue(new Complaint(text, status, address is null ? "" : new Uri(address).AbsolutePath));

    // The status of an answer is 0 where there was none, and null where it is about something else.
    private sealed record Complaint(string Text, int? Status, string Path);

    private sealed record Expected(int Status, string PathContains)
    {
        public bool Covers(Complaint complaint) =>
            complaint.Status == Status && complaint.Path.Contains(PathContains, StringComparison.Ordinal);
    }
}
