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

    private sealed class ShownText(Stream terminal) : Stream
    {
        private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();
        private bool _endsLine = true;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => Show(buffer, flush: false);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Show(buffer.Span, flush: false);
            return ValueTask.CompletedTask;
        }

        public override void Flush() => terminal.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

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
