namespace OneTimeShare.Server.Web.Pages;

/// <summary>The form to sign in as the operator.</summary>
/// <param name="PathBase">Where the site lives: empty, or a path such as <c>/sub/path</c>.</param>
/// <param name="IsWrong">Whether the password that was given is wrong.</param>
public sealed record SignInModel(string PathBase, bool IsWrong);
