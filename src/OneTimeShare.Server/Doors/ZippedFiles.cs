using System.Buffers;
using OneTimeShare.Envelope;

namespace OneTimeShare.Server.Doors;

/// <summary>Writes content as a zip, cut where a file ends and the next begins.</summary>
internal sealed class ZippedFiles(Manifest manifest, ZipLayout layout, IBufferWriter<byte> destination)
{
    private readonly ZipWriter _zip = new(layout, destination);
    private int _file = -1;
    private long _left;

    public void Write(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            if (_left == 0)
            {
                BeginNextFile();
                continue;
            }
            var part = content[..(int)Math.Min(content.Length, _left)];
            destination.Write(part);
            _zip.Account(part);
            _left -= part.Length;
            content = content[part.Length..];
        }
    }

    /// <summary>The empty files at the end, and the zip's directory.</summary>
    public void Complete()
    {
        while (_file < manifest.Files.Length - 1)
            BeginNextFile();
        _zip.EndFile();
        _zip.Complete();
    }

    private void BeginNextFile()
    {
        if (_file >= 0)
            _zip.EndFile();
        _left = manifest.Files[++_file].Size;
        _zip.BeginFile();
    }
}
