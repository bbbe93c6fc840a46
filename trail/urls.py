from django.urls import path

from trail import views

urlpatterns = [
    path("settings/audit-log/", views.audit_log, name="audit_log"),
    path("settings/audit-log/export/", views.audit_log_csv, name="audit_log_csv"),
]
