from django.urls import path

from privacy import views

urlpatterns = [
    path("my-data/", views.my_data, name="my_data"),
    path("my-data/export/", views.my_data_export, name="my_data_export"),
    path("pipeline/<slug:reference>/data/", views.person_export, name="person_export"),
    path("members/<int:member_id>/erase/", views.member_erase, name="member_erase"),
    path("settings/retention/", views.retention, name="retention"),
]
