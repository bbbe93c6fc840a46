from django.urls import path

from members.views import inviting, organisation, people

urlpatterns = [
    path("members/<int:member_id>/", people.member_edit, name="member_edit"),
    path("members/<int:member_id>/leave/", people.member_leave, name="member_leave"),
    path("settings/", organisation.organisation_settings, name="organisation_settings"),
    path("members/", people.member_list, name="member_list"),
    path("members/invite/", people.member_invite, name="member_invite"),
    path("members/import/", inviting.people_import, name="people_import"),
    path("members/import/save/", inviting.people_import_save, name="people_import_save"),
    path("members/open-link/", people.open_link, name="open_link"),
    path("members/invitations/<int:invitation_id>/withdraw/", people.invitation_withdraw, name="invitation_withdraw"),
]
