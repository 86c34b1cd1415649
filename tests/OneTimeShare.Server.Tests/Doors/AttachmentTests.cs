using System.Text;
using OneTimeShare.Server.Doors;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

public sealed class AttachmentTests
{
    [Theory]
    [InlineData("a.txt", "attachment; filename=\"a.txt\"; filename*=UTF-8''a.txt")]
    [InlineData("two words", "attachment; filename=\"two words\"; filename*=UTF-8''two%20words")]
    [InlineData("é", "attachment; filename=\"é\"; filename*=UTF-8''%C3%A9")]
    [InlineData("\"\\'*()%", "attachment; filename=\"__'*()%\"; filename*=UTF-8''%22%5C%27%2A%28%29%25")]
    public void A_name_is_said_in_both_forms(string name, string header) =>
        Assert.Equal(header, Attachment.Header(name));

    [Theory]
    [InlineData("é", 200, ".txt", 125, ".txt")]
    [InlineData("x", 251, ".txt", 251, ".txt")]
    [InlineData("x", 252, ".txt", 251, ".txt")]
    [InlineData("x", 300, "", 255, "")]
    [InlineData("🙂", 100, ".gz", 63, ".gz")]
    [InlineData("x", 300, ".an-extension-too-long", 255, "")]
    public void A_long_name_is_cut_between_characters_and_keeps_its_extension(
        string character, int count, string extension, int left, string leftExtension)
    {
        string cut = string.Concat(Enumerable.Repeat(character, left)) + leftExtension;
        string header = Attachment.Header(string.Concat(Enumerable.Repeat(character, count)) + extension);
        Assert.StartsWith($"attachment; filename=\"{cut}\"; ", header);
        Assert.True(new UTF8Encoding(false).GetByteCount(cut) <= 255);
    }
}
