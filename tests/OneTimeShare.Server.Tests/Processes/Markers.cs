using System.Runtime.InteropServices;

namespace OneTimeShare.Server.Tests.Processes;

/// <summary>
/// Byte strings to look for, each with a name of its own: thousands of them in one pass over any amount of bytes.
/// </summary>
internal sealed class Markers
{
    private const int PieceLength = 32;
    private readonly Dictionary<ulong, List<(string Name, byte[] Bytes)>> _byStart = [];

    /// <summary>One whole byte string, of eight bytes or more.</summary>
    public void Add(string name, byte[] bytes)
    {
        ulong start = MemoryMarshal.Read<ulong>(bytes);
        if (!_byStart.TryGetValue(start, out var markers))
            _byStart[start] = markers = [];
        markers.Add((name, bytes));
    }

    /// <summary>Pieces of it, so that a part that is left behind is found too.</summary>
    public void AddPieces(string name, byte[] bytes, int every)
    {
        for (int at = 0; at + PieceLength <= bytes.Length; at += every)
            Add(name, bytes[at..(at + PieceLength)]);
    }

    /// <summary>The names of those that are in there.</summary>
    public HashSet<string> FindIn(ReadOnlySpan<byte> bytes)
    {
        var found = new HashSet<string>();
        for (int at = 0; at + sizeof(ulong) <= bytes.Length; at++)
        {
            if (!_byStart.TryGetValue(MemoryMarshal.Read<ulong>(bytes[at..]), out var markers))
                continue;
            foreach (var (name, marker) in markers)
            {
                if (bytes[at..].StartsWith(marker))
                    found.Add(name);
            }
        }
        return found;
    }

    /// <summary>The names of those that are in any file of a folder.</summary>
    public HashSet<string> FindIn(string folder)
    {
        var found = new HashSet<string>();
        foreach (var (_, bytes) in DataFolder.Read(folder))
            found.UnionWith(FindIn(bytes));
        return found;
    }

    /// <summary>Which of them are in which file of a folder.</summary>
    public string[] LocateIn(string folder) =>
    [
        .. from file in DataFolder.Read(folder)
           from name in FindIn(file.Bytes)
           select $"{name} in {Path.GetRelativePath(folder, file.Path)}",
    ];
}
