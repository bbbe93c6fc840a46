from django.urls import path

from notices import views

urlpatterns = [path("mails/", views.mails, name="mails")]
