from django.urls import path

from members.views import applications, inviting, keys, organisation, people, profiles, teams

urlpatterns = [
    path("members/<int:member_id>/", people.member_edit, name="member_edit"),
    path("members/<int:member_id>/leave/", people.member_leave, name="member_leave"),
    path("members/<int:member_id>/stay/", people.member_stay, name="member_stay"),
    path("members/teams/", teams.team_list, name="team_list"),
    path("members/teams/<int:team_id>/", teams.team_edit, name="team_edit"),
    path("members/teams/<int:team_id>/merge/", teams.team_merge, name="team_merge"),
    path("settings/", organisation.organisation_settings, name="organisation_settings"),
    path("settings/membership/", organisation.organisation_membership, name="organisation_membership"),
    path("settings/look/", organisation.organisation_look, name="organisation_look"),
    path("settings/look/preview/", organisation.look_preview, name="look_preview"),
    path("settings/keys/", keys.api_keys, name="api_keys"),
    path("settings/keys/<int:key_id>/revoke/", keys.api_key_revoke, name="api_key_revoke"),
    path("settings/invoicing/", organisation.organisation_invoicing, name="organisation_invoicing"),
    path("directory/bring-in/", applications.bring_in, name="bring_in"),
    path("directory/bring-in/<int:application_id>/", applications.bring_in_withdraw, name="bring_in_withdraw"),
    path("members/applications/", applications.application_list, name="application_list"),
    path("members/applications/<int:application_id>/", applications.application_detail, name="application_detail"),
    path("members/applications/<int:application_id>/admit/", applications.application_admit, name="application_admit"),
    path(
        "members/applications/<int:application_id>/refuse/", applications.application_refuse, name="application_refuse"
    ),
    path("directory/me/", profiles.profile_edit, name="member_profile_edit"),
    path("directory/<int:member_id>/photo/", profiles.member_photo, name="member_photo"),
    path("directory/towns/", profiles.towns, name="towns"),
    path("members/", people.member_list, name="member_list"),
    path("members/invite/", people.member_invite, name="member_invite"),
    path("members/import/", inviting.people_import, name="people_import"),
    path("members/import/save/", inviting.people_import_save, name="people_import_save"),
    path("members/open-link/", people.open_link, name="open_link"),
    path("members/invitations/<int:invitation_id>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
]
