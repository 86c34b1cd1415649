using Microsoft.Net.Http.Headers;
using OneTimeShare.Server.Doors;
using Xunit;

namespace OneTimeShare.Server.Tests.Doors;

public sealed class MultipartFileNameTests
{
    [Theory]
    [InlineData("filename=\"a.txt\"", "a.txt")]
    [InlineData("filename=a.txt", "a.txt")]
    [InlineData("filename=\"\"", "")]
    [InlineData("x=y", "")]
    [InlineData("filename=\"a%22b\"", "a\"b")]
    [InlineData("filename=\"a%0D%0Ab%0d%0a\"", "a\r\nb\r\n")]
    [InlineData("filename=\"100%25%20\"", "100%25%20")]
    [InlineData("filename=\"a\\\"b\"", "a\"b")]
    [InlineData("filename=\"a\\\\b\"", "a\\b")]
    [InlineData("filename=\"C:\\dir\\a\"", "C:\\dir\\a")]
    [InlineData("filename=\"plain\"; filename*=UTF-8''caf%C3%A9", "café")]
    [InlineData("filename=\"plain\"; filename*", "plain")]
    [InlineData("filename*; filename=\"plain\"", "plain")]
    [InlineData("filename*=; filename=\"plain\"", "plain")]
    [InlineData("filename*=x; filename=\"plain\"", "plain")]
    [InlineData("filename*=UTF-7''b; filename=\"plain\"", "plain")]
    [InlineData("filename*=utf-8'en'a%20b%; filename=\"plain\"", "a b%")]
    [InlineData("filename*=UTF-8'b; filename=\"plain\"", "plain")]
    [InlineData("filename*", "")]
    [InlineData("filename", "")]
    public void A_name_is_read_as_forms_spell_it(string parameters, string name)
    {
        string header = $"form-data; name=\"file\"; {parameters}";
        Assert.True(ContentDispositionHeaderValue.TryParse(header, out var disposition));
        Assert.Equal(name, MultipartFileName.Of(disposition));
    }
}
