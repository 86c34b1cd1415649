using QRCoder;

namespace OneTimeShare.Cli.Terminal;

/// <summary>Draws a text as a QR code: two modules a character, dark on light.</summary>
internal static class QrCode
{
    private const string DarkOnLight = "\e[30;107m";
    private const string Plain = "\e[0m";

    public static void Draw(string text, TextWriter destination)
    {
        // With its quiet zone of four modules.
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        for (int y = 0; y < rows.Count; y += 2)
        {
            destination.Write(DarkOnLight);
            for (int x = 0; x < rows[y].Count; x++)
            {
                bool below = y + 1 < rows.Count && rows[y + 1][x];
                destination.Write((rows[y][x], below) switch
                {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                });
            }
            destination.WriteLine(Plain);
        }
    }
}
