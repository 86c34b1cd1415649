using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace OneTimeShare.Cli.Terminal;

/// <summary>Keeps a terminal from showing what is typed, until it is read or the program is interrupted.</summary>
internal static partial class TerminalEcho
{
    private const int Now = 0;
    private const uint Echo = 8;

    // A struct termios is 60 bytes on Linux and 72 on macOS, where its flags are longs; both begin with the flags of
    // input, output, control, and then these, and ECHO has the same bit.
    private const int Room = 256;

    private static int LocalFlags => OperatingSystem.IsMacOS() ? 24 : 12;

    public static string Without(Func<string> read)
    {
        using var terminal = File.OpenHandle("/dev/tty", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        int descriptor = (int)terminal.DangerousGetHandle();
        var shown = new byte[Room];
        if (GetAttributes(descriptor, shown) != 0)
            return read();
        byte[] hidden = [.. shown];
        var flags = hidden.AsSpan(LocalFlags);
        uint local = BinaryPrimitives.ReadUInt32LittleEndian(flags);
        BinaryPrimitives.WriteUInt32LittleEndian(flags, local & ~Echo);

        using var interrupted = PosixSignalRegistration.Create(
            PosixSignal.SIGINT, _ => SetAttributes(descriptor, Now, shown));
        try
        {
            SetAttributes(descriptor, Now, hidden);
            return read();
        }
        finally
        {
            SetAttributes(descriptor, Now, shown);
        }
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int GetAttributes(int descriptor, [Out] byte[] attributes);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int SetAttributes(int descriptor, int when, byte[] attributes);
}
