using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit;

namespace OneTimeShare.Server.Tests;

/// <summary>All that a server writes to its log, at the levels that it ships with.</summary>
internal sealed class CapturedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string Text => string.Join('\n', _lines);

    /// <summary>None of these, whole or in what a line says of an exception.</summary>
    public void AssertSilentAbout(params ReadOnlySpan<string> secrets)
    {
        foreach (string secret in secrets)
            Assert.DoesNotContain(secret, Text, StringComparison.Ordinal);
    }

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose() { }

    private sealed class Logger(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}
