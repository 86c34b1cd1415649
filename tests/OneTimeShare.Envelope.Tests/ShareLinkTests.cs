namespace OneTimeShare.Envelope.Tests;

public sealed class ShareLinkTests
{
    private const string Id = "AAECAwQFBgcICQoLDA0ODw";
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    [Theory]
    [InlineData("https://host/d/" + Id + "#" + Key, "https://host/")]
    [InlineData("http://localhost:5000/d/" + Id + "#" + Key, "http://localhost:5000/")]
    [InlineData("https://host/sub/path/d/" + Id + "#" + Key, "https://host/sub/path/")]
    [InlineData("https://host/d/d/" + Id + "#" + Key, "https://host/d/")]
    [InlineData("https://[::1]:8443/d/" + Id + "#" + Key, "https://[::1]:8443/")]
    [InlineData("https://host/d/" + Id + "?mangled#" + Key, "https://host/")]
    public void A_link_gives_its_server_its_share_and_its_key(string text, string server)
    {
        Assert.True(ShareLink.TryParse(text, out var link));
        Assert.Equal(server, link.Server.AbsoluteUri);
        Assert.Equal(Id, link.Id.ToString());
        Assert.Equal(Key, link.LinkKey.ToFragment());
        Assert.Equal($"{server}d/{Id}#{Key}", link.ToLink());
        Assert.Equal($"{server}d/{Id}", link.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("/d/" + Id + "#" + Key)]
    [InlineData("ftp://host/d/" + Id + "#" + Key)]
    [InlineData("file:///d/" + Id + "#" + Key)]
    [InlineData("https://host/d/" + Id)]
    [InlineData("https://host/d/" + Id + "#")]
    [InlineData("https://host/d/" + Id + "/#" + Key)]
    [InlineData("https://host/r/" + Id + "#" + Key)]
    [InlineData("https://host/" + Id + "#" + Key)]
    [InlineData("https://host/d/" + Id + "%23" + Key)]
    [InlineData("https://host/d/" + Id + "#" + Key + "=")]
    [InlineData("https://host/d/" + Id + "#" + Key + "#")]
    [InlineData("https://host/d/" + Id + "==#" + Key)]
    [InlineData("https://host/d/AAECAwQFBgcICQoLDA0ODx#" + Key)] // bits to spare that are not zero
    [InlineData("https://host/d/" + Id + "#AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9")]
    [InlineData("https://host/d/%41AECAwQFBgcICQoLDA0ODw#" + Key)] // an escape is another spelling
    [InlineData("https://host/d/" + Id + "#%41AECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")]
    [InlineData("https://host/d/x/../" + Id + "#" + Key)]
    public void What_is_not_spelled_as_a_link_is_none(string text) => Assert.False(ShareLink.TryParse(text, out _));
}
