"""Routes about people: logging in, one's account, newsrooms."""

from django.urls import path

from claims.views import account, login, members, newsrooms, shares, tokens
from claims.views.confirmed import newsroom_confirmed
from claims.views.invitations import invitation, invitation_link

urlpatterns = [
    # Logging in
    path("login/", login.login, name="login"),
    path("logout/", login.log_out, name="logout"),
    path("logout/everywhere/", login.log_out_everywhere, name="logout_everywhere"),
    path("password/forgotten/", login.forgotten, name="forgotten"),
    path("password/<uidb64>/<token>/", login.reset_password, name="password_reset"),
    path("invitations/<str:token>/", invitation_link, name="invitation_link"),
    path("invitation/", invitation, name="invitation"),
    # Links to a story or a review session for people outside
    path("stories/<int:pk>/share/", shares.story_share, name="story_share"),
    path("sessions/<int:pk>/share/", shares.review_share, name="review_share"),
    path("links/<int:pk>/revoke/", shares.share_revoke, name="share_revoke"),
    path("links/<int:pk>/comments/", shares.shared_comments, name="shared_comments"),
    path("shared/<str:token>/", shares.shared, name="shared"),
    # One's own account
    path("account/", account.account, name="account"),
    path("account/name/", account.account_name, name="account_name"),
    path("account/password/", account.account_password, name="account_password"),
    path("account/email/", account.account_email, name="account_email"),
    path("account/email/<str:token>/", account.account_email_link, name="account_email_link"),
    path("account/delete/", account.account_delete, name="account_delete"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/revoke/", tokens.token_revoke, name="token_revoke"),
    path("account/first/", account.first_account, name="first_account"),
    # Newsrooms and their people
    path("newsrooms/", newsrooms.my_newsrooms, name="newsrooms"),
    path("newsrooms/<int:pk>/", newsrooms.newsroom, name="newsroom"),
    path("newsrooms/<int:pk>/confirmed/", newsroom_confirmed, name="newsroom_confirmed"),
    path("newsrooms/<int:pk>/export/", newsrooms.newsroom_export, name="newsroom_export"),
    path("newsrooms/<int:pk>/delete/", newsrooms.newsroom_delete, name="newsroom_delete"),
    path("newsrooms/<int:pk>/leave/", newsrooms.newsroom_leave, name="newsroom_leave"),
    path("newsrooms/<int:pk>/invite/", members.member_invite, name="member_invite"),
    path("newsrooms/<int:pk>/invitations/<int:invitation>/", members.invitation_revoke, name="invitation_revoke"),
    path("newsrooms/<int:pk>/members/<int:number>/role/", members.member_role, name="member_role"),
    path("newsrooms/<int:pk>/members/<int:number>/remove/", members.member_remove, name="member_remove"),
]
