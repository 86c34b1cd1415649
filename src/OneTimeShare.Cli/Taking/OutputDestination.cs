using System.Text;
using OneTimeShare.Cli.Terminal;

namespace OneTimeShare.Cli.Taking;

/// <summary>
/// Standard output, or a pipe or a device: one file, as it comes. A text on a terminal cannot give the terminal orders.
/// </summary>
/// <param name="isShown">Whether it is a text, and a person is going to see it.</param>
/// <param name="path">Of the pipe or the device; null for standard output.</param>
internal sealed class OutputDestination(bool isShown, string? path = null) : IDestination
{
    private Stream _output = path is null ? StandardStreams.OpenOutput() : Stream.Null;

    public string? Folder => null;

    // Opening a pipe waits for its reader, who is to be there before anything is taken.
    public void Check()
    {
        if (path is not null)
            _output = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    // What a process before this one has written, somebody else has read.
    public long GoOnFrom(long saved) => 0;

    public ValueTask<Stream> OpenAsync(int file, long from, CancellationToken cancellationToken) =>
        ValueTask.FromResult(isShown ? new ShownText(_output) : _output);

    public void Flush()
    {
    }

    public void Commit()
    {
    }

    public void Discard()
    {
    }

    public ValueTask DisposeAsync() => _output.DisposeAsync();

    private sealed class ShownText(Stream terminal) : WriteOnlyStream
    {
        private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();
        private bool _endsLine = true;

        public override void Write(ReadOnlySpan<byte> buffer) => Show(buffer, flush: false);

        public override void Flush() => terminal.Flush();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                Show([], flush: true);
                if (!_endsLine)
                    terminal.Write("\n"u8); // for the prompt that follows; a pipe gets what there is
            }
            base.Dispose(disposing);
        }

        private void Show(ReadOnlySpan<byte> bytes, bool flush)
        {
            var characters = new char[_decoder.GetCharCount(bytes, flush)];
            int count = _decoder.GetChars(bytes, characters, flush);
            if (count == 0)
                return;
            var text = new StringBuilder();
            Printable.AppendText(text, characters.AsSpan(0, count));
            _endsLine = text[^1] == '\n';
            terminal.Write(new UTF8Encoding(false).GetBytes(text.ToString()));
        }
    }
}
